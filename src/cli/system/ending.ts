import { problemLines } from '../../report/problem-text.ts';
import { errorDocument } from '../../report/report-json.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { exitCodes } from './exit-code.ts';
import { exitWith, listenAlways } from './process-guards.ts';
import { errorLook, printError, printJson } from './terminal.ts';

let isOver = false;

/**
 * Ends the program with this code, or with the one that is set. All other ways are guarded: see
 * `process-guards.ts`.
 */
export function endProgram(code?: number | string | null): never {
  isOver = true;
  exitWith(Number(code ?? process.exitCode ?? exitCodes.asExpected));
}

/**
 * Reports where the process ends before the command, because a model got round the guard of
 * process.exit or waits for something that never comes. The exit code is that of a broken model.
 */
export function guardEnd(words: readonly string[]): void {
  let waits = false;
  listenAlways('beforeExit', () => {
    waits = true;
  });
  listenAlways('exit', () => {
    if (isOver) return;
    isOver = true;
    const problem = waits ? waitsForEver : endedEarly;
    // This is the last output of the process.
    if (words.includes('--json')) printJson(errorDocument(problem));
    else printError(problemLines(problem, errorLook()));
    // At once, because a model that listens for the end could set another code.
    exitWith(exitCodes.wrongUsage);
  });
}

const endedEarly: SpecProblem = {
  what: 'the model ended the process before the command had ended',
  mend: 'A model only computes: look for an exit, or for an error that is thrown in a timer or a callback.',
};

const waitsForEver: SpecProblem = {
  what: 'the model waits for something that never comes',
  mend: 'Look for an `await` outside of all functions, in the file or in what it imports.',
};
