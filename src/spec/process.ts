import type { Draft } from './draft.ts';
import type { Plain } from './plain.ts';

/**
 * The labels of each process by its id: `{ ann: 'ask' | 'wait' }`. Exists only for the compiler.
 */
export type Labels = { readonly [pid: string]: string };

/**
 * A process as the state holds it. It is plain data like the rest of the state. L are the labels of
 * its flow, if the compiler knows them.
 */
export interface ProcessState<L extends string = string> {
  readonly flow: string;
  /** The label of the step that comes next, or 'done'. */
  readonly at: L | 'done';
  readonly vars: { readonly [name: string]: Plain };
}

/** All processes by their id, as guards and properties see them. */
export type ProcessTable<Ps extends Labels = Labels> = {
  readonly [pid in keyof Ps]: ProcessState<Ps[pid]> | undefined;
};

/** What a recipe may do to processes other than its own, as when a service crashes. */
export interface Processes<Ps extends Labels = Labels>
  extends Iterable<readonly [pid: string, process: ProcessState]> {
  get<K extends keyof Ps & string>(pid: K): ProcessState<Ps[K]> | undefined;
  /**
   * Starts `process` under `pid`. Throws a SpecError when a process with that id exists and is not
   * done, or takes this very step.
   */
  start<K extends keyof Ps & string>(pid: K, process: Process<Ps[K]>): void;
  /**
   * Moves `pid` to `label` of its own flow. Throws a SpecError for an unknown pid or label, and for
   * the process that takes this step, because that one returns the label to go to.
   */
  move<K extends keyof Ps & string>(pid: K, label: Ps[K] | 'done'): void;
  /**
   * Begins `process` under `pid` at its first label with new variables, whether or not a process of
   * that id exists, as after a crash. `move` keeps the variables. Throws a SpecError for the
   * process that takes this step.
   */
  restart<K extends keyof Ps & string>(pid: K, process: Process<Ps[K]>): void;
  /**
   * The variables of `pid`, which runs `flow`, to read and to change: `processes.vars('bob',
   * client).got = 3`. So two processes can meet in one step. Throws a SpecError when there is no
   * such process or it runs another flow.
   */
  vars<V extends object>(pid: keyof Ps & string, flow: FlowWith<V>): Draft<V>;
  /** Removes `pid` and its variables. Removing a process that does not exist changes nothing. */
  stop(pid: keyof Ps & string): void;
}

/**
 * A flow together with its variables: what `flow.start(…)` returns and what a scenario lists. L are
 * the labels of the flow.
 */
export interface Process<L extends string = string> {
  readonly flow: AnyFlow & { readonly labels: readonly L[] };
  readonly vars: { readonly [name: string]: Plain };
}

/** A flow whose processes have variables V. */
export interface FlowWith<V> extends AnyFlow {
  /** Exists only for the compiler. */
  readonly variables?: V;
}

/** A flow with its types forgotten, as the checker sees it. */
export interface AnyFlow {
  readonly kind: 'flow';
  readonly name: string;
  /** In the order of execution, unless a step jumps. Never empty. */
  readonly labels: readonly string[];
  readonly steps: { readonly [label: string]: AnyStep };
}

/**
 * One step with its types forgotten. Only the checker calls it, with the values that the types of
 * the flow allow.
 */
export interface AnyStep {
  readonly when: ((state: object, self: object, processes: ProcessTable) => boolean) | undefined;
  readonly do: (
    state: object,
    self: object,
    pick: (name: string, options: readonly unknown[]) => never,
    processes: Processes,
  ) => unknown;
}
