import type { RaceKind } from './pairs.ts';
import type { Runs } from './run-set.ts';

/** A set of runs in which the property holds. All of them were searched. Steps count from 0. */
export interface Reason {
  readonly runs: Runs;
  /**
   * The steps of the counterexample that the reason names. For an order: the one taken first, then
   * the other.
   */
  readonly steps: readonly number[];
  /** What the two steps of an order do to one another. */
  readonly race?: { readonly kind: RaceKind; readonly slots: readonly string[] };
  /**
   * For runs that begin with a changed schedule: the steps that are moved before the first one of
   * `steps`.
   */
  readonly moved?: readonly number[];
}
