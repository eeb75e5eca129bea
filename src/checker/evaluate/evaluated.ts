import type { Picks } from '../result/schedule-entry.ts';

/** One way in which a step can go: the picks that lead there and what it writes. */
export interface Outcome {
  readonly picks: Picks;
  /**
   * Slot and new value number in turn, for each slot that changes. Empty when the step changes
   * nothing.
   */
  readonly writes: readonly number[];
}

export const NO_OUTCOMES: readonly Outcome[] = [];
/** Stands for the slots that were read where they are left out. */
export const UNASKED: readonly number[] = [];

/** Of an actor that has nothing to do. */
export const NOTHING_DONE: Evaluated = {
  order: UNASKED,
  numbers: UNASKED,
  flow: undefined,
  label: '',
  where: '',
  outcomes: NO_OUTCOMES,
};

/** A step as a function of what it read. */
export interface Evaluated {
  /** Slots in the order of reading, and the value numbers found there. */
  readonly order: readonly number[];
  readonly numbers: readonly number[];
  /**
   * The label at which a process stood, or the name of the action; '' when the actor had nothing to
   * do.
   */
  readonly label: string;
  /** The flow of the process; undefined for an action, or when the actor had nothing to do. */
  readonly flow: string | undefined;
  /** `flow 'detach', step 'driver_detach'`, for messages; '' when the actor had nothing to do. */
  readonly where: string;
  /** Empty when the step is not enabled. */
  readonly outcomes: readonly Outcome[];
}

/** False where the slots that were read are left out. */
export function tellsReads({ order }: Evaluated): boolean {
  return order !== UNASKED;
}
