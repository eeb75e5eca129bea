import {
  type Action,
  type ActionOptions,
  type Fault,
  type FaultOptions,
  makeAction,
  makeFault,
} from './action.ts';
import type { StepTest } from './bodies.ts';
import {
  type Channel,
  type ChannelOf,
  type ChannelOptions,
  type MessageOf,
  makeChannel,
} from './channel.ts';
import type { KnownFlows } from './check-system.ts';
import { assumed, type Fairness, type Unit } from './fairness.ts';
import { type Fields, type Flow, type FlowOptions, makeFlow } from './flow.ts';
import type { Parameters } from './parameters.ts';
import type { AnyFlow, Labels } from './process.ts';
import { makeQuestions, type Questions } from './questions.ts';
import { refuse } from './refuse.ts';
import { makeScenario, type Scenario, type ScenarioOptions } from './scenario.ts';

/**
 * The vocabulary for systems whose state is S. The types of all that it makes are inferred from S.
 * Ps are the labels of each process by its id, if the compiler knows them.
 */
export interface Spec<S extends object, Ps extends Labels = Labels> extends Questions<S, Ps> {
  /** Makes a procedure of labelled steps. The form comes from PlusCal (Lamport, 2009). */
  flow<
    const A extends readonly unknown[] = [],
    V extends object = object,
    L extends string = string,
  >(options: FlowOptions<S, A, V, L, Ps>): Flow<A, L, Fields<V>>;
  /** Makes a guarded action that belongs to no process. */
  action(options: ActionOptions<S, Ps>): Action<S>;
  /** Makes an action of the environment with a budget. */
  fault(options: FaultOptions<S, Ps>): Fault<S>;
  /**
   * Assumes weak fairness of the steps of a unit of which `where` is true: those from some states,
   * or with one option of a pick.
   */
  weaklyFair(unit: Unit, where: StepTest<S, Ps>): readonly Fairness[];
  /** The same of strong fairness. */
  stronglyFair(unit: Unit, where: StepTest<S, Ps>): readonly Fairness[];
  /** Makes a scenario, with its parameters and what it expects. */
  scenario<const P extends Parameters = Record<never, never>, N extends string = string>(
    options: ScenarioOptions<S, P, N, Ps>,
  ): Scenario<P, N>;
  /** Makes discrete time over tables of timers. Throws a SpecError when no table is named. */
  time(options: TimeOptions<S>): Time<S>;
  /**
   * Makes a channel over a field of the state: a list delivers in order, a bag in any order. Throws
   * a SpecError for a capacity below 1.
   */
  channel<K extends ChannelOf<S>>(field: K, options?: ChannelOptions): Channel<S, MessageOf<S[K]>>;
  /**
   * The same vocabulary with typed `processes`: a misspelt id or label in a guard or a property
   * does not compile. List also processes that exist only at some points. Throws a SpecError for a
   * value that is no flow.
   */
  withProcesses<const F extends { readonly [pid: string]: AnyFlow }>(
    flows: F,
  ): Spec<S, LabelsOf<F>>;
}

import { makeTime, type Time, type TimeOptions } from './time.ts';

/** The labels of each of these flows. */
export type LabelsOf<F extends { readonly [pid: string]: AnyFlow }> = {
  readonly [pid in keyof F]: F[pid]['labels'][number];
};

/**
 * The vocabulary for one state type. A factory is needed because TypeScript cannot infer some type
 * arguments while others are given. After `spec<Cloud>()` nothing needs an annotation.
 */
export function spec<S extends object>(): Spec<S> {
  return vocabulary();
}

/** `flows` are those of the processes, if they are known. */
function vocabulary<S extends object, Ps extends Labels>(flows?: KnownFlows): Spec<S, Ps> {
  return {
    ...makeQuestions<S, Ps>(),
    flow: (options) => makeFlow(options),
    action: makeAction,
    fault: makeFault,
    // The state type is forgotten, as in an action.
    weaklyFair: (unit, where) => assumed('weak', [unit, where]),
    stronglyFair: (unit, where) => assumed('strong', [unit, where]),
    scenario: (options) => makeScenario(options, flows),
    time: (options) => makeTime(options),
    channel: (field, options) => makeChannel(field, options),
    withProcesses: (known) => {
      for (const [pid, flow] of Object.entries(known)) {
        if (flow?.kind === 'flow') continue;
        refuse(
          `withProcesses, process '${pid}'`,
          'it is no flow',
          'Give the flow that each process runs: withProcesses({ ann: lock, bob: lock })',
        );
      }
      return vocabulary({ ...known });
    },
  };
}
