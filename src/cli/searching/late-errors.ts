import { thrownText } from '../../checker/result/thrown-text.ts';
import { problemLines } from '../../report/problem-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { withoutFolder } from '../arguments/cli-usage-error.ts';
import { placeOfModel } from '../arguments/error-place.ts';
import { listenAlways } from '../system/process-guards.ts';
import { errorLook, printError } from '../system/terminal.ts';
import { problemFrom } from './problem.ts';

const late: SpecProblem[] = [];

/**
 * Notes errors that are thrown outside of any call of the model, as in a timer or in a promise
 * without a handler. They count as errors of the model, and the command goes on.
 */
export function noteLateErrors(): void {
  const note = (error: unknown): void => {
    const place = placeOfModel(error);
    const problem: SpecProblem =
      place === undefined
        ? problemFrom(error)
        : {
            what: `the model threw ${thrownText(error)} later than it was called`,
            where: withoutFolder(place),
            mend: 'A model only computes: look for a promise, a timer or a callback.',
          };
    noteProblem(problem);
  };
  listenAlways('uncaughtException', note);
  listenAlways('unhandledRejection', note);
}

/** Notes and prints an error that belongs to no check in particular. */
export function noteProblem(problem: SpecProblem): void {
  late.push(problem);
  printError(problemLines(problem, errorLook()));
}

/** The errors noted so far. They have been printed already. */
export function lateErrors(): readonly SpecProblem[] {
  return late;
}
