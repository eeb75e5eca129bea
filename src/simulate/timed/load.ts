import { UsageError } from '../../checker/result/usage-error.ts';
import type { Durations } from '../../spec/duration.ts';

/** The requests of a timed simulation, and how long steps take. */
export interface Load {
  /** Requests an hour, of all processes together. Each process has the same share. */
  readonly perHour: number;
  readonly durations: Durations;
}

/** Throws a UsageError for a rate that is no number above 0. */
export function checkRate(perHour: number): number {
  if (typeof perHour === 'number' && Number.isFinite(perHour) && perHour > 0) return perHour;
  throw new UsageError(
    `the rate is ${perHour} requests an hour`,
    'Give a number above 0: without requests nothing happens.',
  );
}
