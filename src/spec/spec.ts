import {
  type Action,
  type ActionOptions,
  type Fault,
  type FaultOptions,
  makeAction,
  makeFault,
} from './action.ts';
import { type Flow, type FlowOptions, makeFlow } from './flow.ts';
import type { Parameters } from './parameters.ts';
import { makeQuestions, type Questions } from './questions.ts';
import { makeScenario, type Scenario, type ScenarioOptions } from './scenario.ts';

/** The vocabulary for systems whose state is S: everything written with it is inferred from S. */
export interface Spec<S extends object> extends Questions<S> {
  /** A procedure of labelled steps. Source of the form: PlusCal (Lamport, 2009). */
  flow<
    const A extends readonly unknown[] = [],
    V extends object = object,
    L extends string = string,
  >(options: FlowOptions<S, A, V, L>): Flow<A, L>;
  /** A guarded action that belongs to no process. */
  action(options: ActionOptions<S>): Action<S>;
  /** An action of the environment with a budget. */
  fault(options: FaultOptions<S>): Fault<S>;
  /** A scenario worth checking, with its parameters and what is expected of it. */
  scenario<const P extends Parameters = Record<never, never>, N extends string = string>(
    options: ScenarioOptions<S, P, N>,
  ): Scenario;
}

/**
 * The vocabulary for one state type. It is a factory because TypeScript cannot infer some type
 * arguments and be given others; after `spec<Cloud>()` nothing needs an annotation.
 */
export function spec<S extends object>(): Spec<S> {
  return {
    ...makeQuestions<S>(),
    flow: (options) => makeFlow(options),
    action: makeAction,
    fault: makeFault,
    scenario: (options) => makeScenario(options),
  };
}
