import type { GivenPoint, Parameters } from '../../spec/parameters.ts';
import type { StopReason } from './stop-reason.ts';

/** What is known while a search runs. */
export interface Progress {
  readonly states: number;
  readonly generated: number;
  /** Levels seen so far; the length of the longest path so far in a depth-first search. */
  readonly levels: number;
  /** States that wait to be expanded. */
  readonly waiting: number;
  /** Properties already known to be violated. */
  readonly violated: readonly string[];
  /**
   * How many states there will be in all, by the growth of the levels; undefined while that cannot
   * be said.
   */
  readonly forecast: number | undefined;
}

/** When the kernel is called, and how much memory it may use. */
export interface KernelOptions {
  /** With which state it begins. */
  readonly from?: number;
  /** For how many states at once, at least. */
  readonly runMin?: number;
  /** Pages of 64 KiB that its memory may have. */
  readonly pagesMax?: number;
}

export interface CheckOptions<P extends Parameters = Parameters> {
  /** Values of the scenario's parameters; those left out have their defaults. */
  readonly parameters?: GivenPoint<P>;
  /** Budgets of faults by name, in place of those that the scenario gives. */
  readonly faults?: { readonly [name: string]: number };
  /** Breadth first finds the shortest counterexample; depth first may find one sooner. */
  readonly order?: 'breadth_first' | 'depth_first';
  /** Stop when a state beyond this many would have to be stored. */
  readonly statesMax?: number;
  /** Do not look further than this many steps from an initial state. */
  readonly depthMax?: number;
  /**
   * Stop when states, values, what is remembered of steps, and the graph need more bytes than this,
   * by an estimate.
   */
  readonly memoryMaxBytes?: number;
  /**
   * Asked every few thousand states. A reason ends the search as undecided: this is how time limits
   * and Ctrl-C get in, the checker itself having no clock.
   */
  readonly interrupt?: (progress: Progress) => StopReason | undefined;
  /**
   * When a run is stuck: when nothing is enabled ('stuck', the default), or nothing that changes
   * the state.
   */
  readonly deadlock?: 'stuck' | 'stuttering';
  /**
   * End the search at the first violation of a property about states; what is open then is
   * undecided.
   */
  readonly stopAtViolation?: boolean;
  /**
   * How many different counterexamples to look for, of each property about states; 1 when left out.
   */
  readonly counterexamples?: number;
  /**
   * Re-evaluate this share of memoised transitions (0 to 1) and compare: finds recipes that are not
   * pure.
   */
  readonly selfCheck?: number;
  /** Tells the time in milliseconds, so that a profile can say what took how long. */
  readonly clock?: () => number;
  /**
   * What is remembered of steps and tests: where that pays ('adaptive'), always, never ('off'), or
   * in a part of the cases ('sometimes'). All but 'adaptive' are for comparison only.
   */
  readonly memo?: MemoSetting;
  /**
   * 'all' looks at each actor in each state and looks each successor up, also where it is known to
   * be stored: for comparison only.
   */
  readonly lookups?: 'needed' | 'all';
  /**
   * 'off' expands all states in JavaScript; otherwise when the kernel in WebAssembly is called: for
   * comparison only.
   */
  readonly kernel?: 'off' | KernelOptions;
  /**
   * 'sorted' lets a step depend on the order of the keys of a record, which it finds sorted,
   * instead of refusing it: for comparison only.
   */
  readonly keys?: 'unordered' | 'sorted';
}

/** How much is remembered of what is evaluated. */
export type MemoSetting = 'adaptive' | 'always' | 'sometimes' | 'off';
