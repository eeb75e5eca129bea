import type { Failure } from './schedule/failure.ts';
import type { Run } from './schedule/run.ts';

/** What an exploration rests on. */
export interface OrdersLedger {
  /** Which schedules were asked for, in words. */
  readonly orders: string;
  /** The number of schedules that were run to their end. */
  readonly schedules: number;
  /** The number of schedules that were given up, because others cover their orders. */
  readonly pruned: number;
  /** True if every order of what was parked was covered, up to the declared keys. */
  readonly isComplete: boolean;
  /** True if orders were left out because keys say that they cannot differ. */
  readonly isReduced: boolean;
  /** The number of pairs of steps without a common key that were run in both orders. */
  readonly compared: number;
  /** The number of such pairs that were not. */
  readonly notCompared: number;
  /** The number of schedules that were run again with their independent steps in another order. */
  readonly mixed: number;
  /** The number of schedules that were run again to make the failing one simpler. */
  readonly shrinking: number;
  /** The number of steps of the longest schedule. */
  readonly longest: number;
  /** True if it was asked to go on after a failing schedule. */
  readonly goesOn: boolean;
  /** How often timers of one name might fire while another step was possible; null: no bound. */
  readonly ticks: number | null;
  /** The tasks that had not ended at the end of some schedule that passed. */
  readonly open: readonly string[];
  /** Why the exploration ended after a failure was found; undefined where nothing stopped it. */
  readonly stopped?: string;
  /** How often each fault might happen in one schedule; those that might not are left out. */
  readonly faults: { readonly [fault: string]: number };
}

/** A schedule that fails, and why. */
export interface FailingSchedule {
  readonly failure: Failure;
  /** One entry a step, as `replaySchedule` takes it. */
  readonly schedule: readonly string[];
  readonly run: Run;
}

export interface Exploration {
  /**
   * `violated` where a schedule fails. `holds` where none does and every order was covered. Else
   * `undecided`.
   */
  readonly verdict: 'holds' | 'violated' | 'undecided';
  /** The failing schedules: the first one, or with `goesOn` one for each different failure. */
  readonly failing: readonly FailingSchedule[];
  readonly ledger: OrdersLedger;
}
