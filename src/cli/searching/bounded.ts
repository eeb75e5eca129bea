import { SpecError } from '../../spec/spec-error.ts';
import { patienceSeconds, runWithTimeout, TimeoutError } from '../system/run-with-timeout.ts';

/**
 * Calls a function that runs code of the model and changes nothing else. Ends it after `secondsMax`
 * seconds of processor time and throws a SpecError then, in which `what` names the function. Throws
 * what the function throws.
 */
export function bounded<T>(call: () => T, what: string, secondsMax: number = patienceSeconds): T {
  for (let wall = secondsMax; ; ) {
    try {
      return runWithTimeout(call, secondsMax, wall);
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      if (error.again === undefined) throw tooLong(what, error);
      wall = error.again;
    }
  }
}

function tooLong(what: string, { seconds, clock }: TimeoutError): SpecError {
  return new SpecError({
    what: `${what} has not ended after ${Math.round(seconds * 10) / 10} ${clock}`,
    mend: 'Look for a loop that never ends. Split work that only takes long into several steps.',
  });
}
