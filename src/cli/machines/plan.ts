import type { PortableModel } from '../loading/portable-model.ts';
import type { Place } from '../searching/run-one.ts';
import type { Stop } from '../system/stop.ts';
import type { Task } from './task.ts';

/** A task, what a reader calls it, and how this process does it. */
export interface Work<A> {
  readonly task: Task;
  readonly about: string;
  /** Undefined where it was not done. */
  here(stop: Stop, place: Place): Promise<A | undefined>;
}

/** All that a command wants to have computed, in the order in which it is reported. */
export interface Plan<A> {
  readonly works: readonly Work<A>[];
  /** The files that the tasks name by their hashes. */
  readonly models: readonly PortableModel[];
}

/** Has a plan done elsewhere, or knows its answers. */
export interface Executor {
  /**
   * Yields the answer of each work, in order; undefined for one that stays without. Throws
   * CliUsageError before the first answer where the plan cannot be done.
   */
  answers<A>(plan: Plan<A>, stop: Stop): AsyncIterable<A | undefined>;
}
