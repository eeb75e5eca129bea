import {
  type Action,
  type ActionText,
  type Fault,
  type FaultText,
  makeAction,
  makeFault,
} from './action.ts';
import { type Flow, type FlowText, makeFlow } from './flow.ts';
import type { Parameters } from './parameters.ts';
import { makeQuestions, type Questions } from './questions.ts';
import { makeScenario, type Scenario, type ScenarioText } from './scenario.ts';

/** The vocabulary for systems whose state is S: everything written with it is inferred from S. */
export interface Spec<S extends object> extends Questions<S> {
  /** A procedure of labelled steps. Source of the form: PlusCal (Lamport, 2009). */
  flow<
    const A extends readonly unknown[] = [],
    V extends object = object,
    L extends string = string,
  >(text: FlowText<S, A, V, L>): Flow<A, L>;
  /** A guarded action that belongs to no process. */
  action(text: ActionText<S>): Action<S>;
  /** An action of the environment with a budget. */
  fault(text: FaultText<S>): Fault<S>;
  /** A situation worth checking, with its parameters and what is expected of it. */
  scenario<const P extends Parameters = Record<never, never>, N extends string = string>(
    text: ScenarioText<S, P, N>,
  ): Scenario;
}

/**
 * The vocabulary for one state type. It is a factory because TypeScript cannot infer some type arguments
 * and be given others; after `spec<Cloud>()` nothing needs an annotation.
 */
export function spec<S extends object>(): Spec<S> {
  return {
    ...makeQuestions<S>(),
    flow: (text) => makeFlow(text),
    action: makeAction,
    fault: makeFault,
    scenario: (text) => makeScenario(text),
  };
}
