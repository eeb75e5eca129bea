import type { Plain } from './plain.ts';

/** A process as the state holds it: plain data, so that it can be compared, printed and tested. */
export interface ProcessState {
  readonly flow: string;
  /** The label of the step that comes next, or 'done'. */
  readonly at: string;
  readonly vars: { readonly [name: string]: Plain };
}

/** All processes by their id, as guards and properties see them. */
export type ProcessTable = { readonly [pid: string]: ProcessState | undefined };

/** What a recipe may do to processes other than its own, for example when a service crashes. */
export interface Processes extends Iterable<readonly [pid: string, process: ProcessState]> {
  get(pid: string): ProcessState | undefined;
  /**
   * Starts `process` under `pid`. Throws a SpecError when a process of that id exists and is not
   * done, or is the one that takes this step.
   */
  start(pid: string, process: Process): void;
  /**
   * Makes `pid` stand at `label` of its own flow. Throws a SpecError for an unknown pid or label,
   * and for the process that takes this step: it says by what it returns where it goes.
   */
  move(pid: string, label: string): void;
  /** Removes `pid` and its variables. Removing a process that does not exist changes nothing. */
  stop(pid: string): void;
}

/** A flow together with its variables: what `flow.start(…)` returns and what a scenario lists. */
export interface Process {
  readonly flow: AnyFlow;
  readonly vars: { readonly [name: string]: Plain };
}

/** A flow as the checker sees it, whatever its types were when it was written. */
export interface AnyFlow {
  readonly kind: 'flow';
  readonly name: string;
  /** In the order in which they are executed unless a step jumps. Never empty. */
  readonly labels: readonly string[];
  readonly steps: { readonly [label: string]: AnyStep };
}

/**
 * One step with its types erased: only the checker calls it, with values that the flow's own types
 * allow.
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
