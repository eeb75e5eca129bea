import type { GivenPoint, Parameters } from '../../spec/parameters.ts';
import type { StopReason } from './stop-reason.ts';

/** What is known while a search runs. */
export interface Progress {
  readonly states: number;
  readonly generated: number;
  /**
   * The number of levels so far; in a depth-first search, the length of the longest path so far.
   */
  readonly levels: number;
  /** The number of states that wait to be expanded. */
  readonly waiting: number;
  /** The names of properties that are known to be violated. */
  readonly violated: readonly string[];
  /**
   * The estimated number of states in all, from the growth of the levels; undefined while there is
   * no estimate.
   */
  readonly forecast: number | undefined;
  /** Slots and tables that have grown with every part of the search so far. */
  readonly growing: readonly string[];
}

/** When the kernel is used, and how much memory it may use. */
export interface KernelOptions {
  /** The number of the state with which the kernel begins. */
  readonly from?: number;
  /** The smallest number of states for one call. */
  readonly runMin?: number;
  /** The largest number of 64 KiB pages of its memory. */
  readonly pagesMax?: number;
  /**
   * The number of states that JavaScript judges after an outcome before the kernel judges the next
   * ones.
   */
  readonly judgesAfter?: number;
}

export interface CheckOptions<P extends Parameters = Parameters> {
  /** Values of the scenario's parameters. A missing one has its default. */
  readonly parameters?: GivenPoint<P>;
  /** Budgets of faults by name, which replace those of the scenario. */
  readonly faults?: { readonly [name: string]: number };
  /**
   * Breadth-first search finds the shortest counterexample; depth-first search may find one sooner.
   */
  readonly order?: 'breadth_first' | 'depth_first';
  /** Stop when a state beyond this many would have to be stored. */
  readonly statesMax?: number;
  /** Visit no state beyond this many steps from an initial state. */
  readonly depthMax?: number;
  /** Stop when states, values, the memo and the graph need more bytes than this, by an estimate. */
  readonly memoryMaxBytes?: number;
  /**
   * Called every few thousand states. A returned reason ends the search as undecided. Time limits
   * and Ctrl-C work this way, because the checker has no clock.
   */
  readonly interrupt?: (progress: Progress) => StopReason | undefined;
  /**
   * When a state is stuck: when nothing is enabled ('stuck', the default), or when no enabled step
   * changes the state ('stuttering').
   */
  readonly deadlock?: 'stuck' | 'stuttering';
  /** End the search at the first violation of a state property. Other properties stay undecided. */
  readonly stopAtViolation?: boolean;
  /**
   * Visit one state out of all that are equal up to exchanges of the things that the system
   * declares interchangeable (`symmetry`), and check the declaration on the way. Properties of
   * whole runs are undecided then.
   */
  readonly symmetry?: boolean;
  /** The number of different counterexamples to find of each state property; 1 by default. */
  readonly counterexamples?: number;
  /**
   * The share of states, 0 to 1, whose memoised steps are evaluated again and compared. This finds
   * impure recipes.
   */
  readonly selfCheck?: number;
  /** Returns the time in milliseconds, so that a profile can say what took how long. */
  readonly clock?: () => number;
  /**
   * When steps and tests are memoised: where it pays ('adaptive'), always, never ('off'), or
   * sometimes. All but 'adaptive' are for comparison only.
   */
  readonly memo?: MemoSetting;
  /**
   * 'all' looks at each actor in each state and looks up each successor, even where it is known to
   * be stored. For comparison only.
   */
  readonly lookups?: 'needed' | 'all';
  /**
   * 'off' expands all states in JavaScript; an object says when the kernel in WebAssembly is used.
   * For comparison only.
   */
  readonly kernel?: 'off' | KernelOptions;
  /**
   * 'sorted' lets a step depend on the order of the keys of a record, which it finds sorted. For
   * comparison only.
   */
  readonly keys?: 'unordered' | 'sorted';
}

/** How much of the evaluations is memoised. */
export type MemoSetting = 'adaptive' | 'always' | 'sometimes' | 'off';
