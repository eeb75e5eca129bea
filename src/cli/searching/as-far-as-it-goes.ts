import { SpecError, type SpecProblem } from '../../spec/spec-error.ts';
import { bounded } from './bounded.ts';
import { problemFrom } from './problem.ts';

/**
 * What `follow` makes of these words; where the model is broken on the way, what it makes of as
 * many of them as it can, and the error. Throws the error where that is none of them, and what else
 * `follow` throws.
 */
export function asFarAsItGoes<T>(
  schedule: readonly string[],
  follow: (schedule: readonly string[]) => T,
): { readonly run: T; readonly problem?: SpecProblem } {
  try {
    return { run: bounded(() => follow(schedule), 'the run') };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    for (let length = schedule.length - 1; length > 0; length--) {
      try {
        const run = bounded(() => follow(schedule.slice(0, length)), 'the run');
        return { run, problem: problemFrom(error) };
      } catch {
        // It is broken there already.
      }
    }
    throw error;
  }
}
