import type { Immutable } from 'immer';
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
import type { ProcessTable } from './process.ts';
import {
  type AnyEvery,
  type Every,
  makeProperty,
  type Property,
  type TableName,
  type Test,
} from './property.ts';
import { makeScenario, type Scenario, type ScenarioText } from './scenario.ts';

/** The vocabulary for systems whose state is S: everything written with it is inferred from S. */
export interface Spec<S extends object> {
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
  /** Must be true in every reachable state. */
  always(sentence: string, holds: Test<S> | Every<S>): Property<S>;
  /** Must be true in no reachable state. */
  never(sentence: string, holds: Test<S>): Property<S>;
  /** Must be true in some reachable state: the guard against properties that hold because nothing happens. */
  reachable(sentence: string, holds: Test<S>): Property<S>;
  /** For `always`: the test must hold for every entry of the table. */
  every<K extends TableName<S>>(
    table: K,
    test: (
      entry: Immutable<NonNullable<S[K][keyof S[K]]>>,
      id: string,
      state: Immutable<S>,
      processes: ProcessTable,
    ) => boolean,
  ): Every<S>;
  /** A situation worth checking, with its parameters and what is expected of it. */
  scenario<const P extends Parameters = Record<never, never>>(text: ScenarioText<S, P>): Scenario;
}

/**
 * The vocabulary for one state type. It is a factory because TypeScript cannot infer some type arguments
 * and be given others; after `spec<Cloud>()` nothing needs an annotation.
 */
export function spec<S extends object>(): Spec<S> {
  return {
    flow: (text) => makeFlow(text),
    action: makeAction,
    fault: makeFault,
    always: (sentence, holds) => makeProperty('always', sentence, holds),
    never: (sentence, holds) => makeProperty('never', sentence, holds),
    reachable: (sentence, holds) => makeProperty('reachable', sentence, holds),
    // Types are forgotten here as in makeFlow.
    every: (table, test) => ({ kind: 'every', table, test: test as unknown as AnyEvery['test'] }),
    scenario: (text) => makeScenario(text),
  };
}
