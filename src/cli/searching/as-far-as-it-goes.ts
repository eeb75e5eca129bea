import { SpecError, type SpecProblem } from '../../spec/spec-error.ts';
import { bounded } from './bounded.ts';
import { NotEnabledError } from './follow-schedule.ts';
import { problemFrom } from './problem.ts';

/**
 * Follows a schedule. Where an entry is not enabled, or the model is broken on the way, follows the
 * longest part that works and returns that run with the error: a schedule of another version of the
 * model shows where it stops. Throws the error where not even one step works, and any other error
 * of `follow`.
 */
export function asFarAsItGoes<T>(
  schedule: readonly string[],
  follow: (schedule: readonly string[]) => T,
): { readonly run: T; readonly problem?: SpecProblem } {
  try {
    return { run: bounded(() => follow(schedule), 'the run') };
  } catch (error) {
    if (error instanceof NotEnabledError && error.taken.length > 0) {
      return { run: bounded(() => follow(error.taken), 'the run'), problem: problemFrom(error) };
    }
    if (!(error instanceof SpecError)) throw error;
    for (let length = schedule.length - 1; length > 0; length--) {
      try {
        const run = bounded(() => follow(schedule.slice(0, length)), 'the run');
        return { run, problem: problemFrom(error) };
      } catch {
        // This part is broken, too.
      }
    }
    throw error;
  }
}
