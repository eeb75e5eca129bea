import type { Chooser, Run } from '../schedule/run.ts';

/** Decides which schedules are run, one after another. */
export interface Strategy {
  /** The chooser of the next run, or undefined where all have been run. */
  next(): Chooser | undefined;
  /** Takes a run that its last chooser made. */
  learn(run: Run): void;
  /** True where no order was left out once `next` is undefined. */
  readonly isExhaustive: boolean;
}
