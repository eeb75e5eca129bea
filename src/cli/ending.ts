import { writeSync } from 'node:fs';
import { problemLines } from '../report/problem-text.ts';
import { errorDocument } from '../report/report-json.ts';
import { SpecError, type SpecProblem } from '../spec/spec-error.ts';
import { exitCodes } from './exit-code.ts';
import { errorLook } from './terminal.ts';

const exit = process.exit.bind(process);
let isOver = false;

/** Ends the program. Nothing else may: see below. */
export function endProgram(code?: number | string | null): never {
  isOver = true;
  // An argument that is undefined would take away the exit code that is set.
  return code === undefined ? exit() : exit(code);
}

/** Makes it an error of the model when it ends the process: it would end without a verdict, and with any exit code. */
export function refuseExit(): void {
  process.exit = (code) => {
    throw new SpecError({
      what: `it ends the process: process.exit(${code ?? ''})`,
      mend: 'A model only computes. Where something must not happen, state a property or throw an error.',
    });
  };
}

/**
 * Where the process ends all the same before the command has, by a way round process.exit or because it waits for something
 * that never comes, it says so, and the exit code is that of a broken model.
 */
export function guardEnd(words: readonly string[]): void {
  let waits = false;
  process.on('beforeExit', () => {
    waits = true;
  });
  process.on('exit', () => {
    if (isOver) return;
    const problem = waits ? waitsForEver : endedEarly;
    // Nothing is written later than this, so it must not be left to the event loop.
    if (words.includes('--json'))
      writeSync(1, `${JSON.stringify(errorDocument(problem), null, 2)}\n`);
    else writeSync(2, `${problemLines(problem, errorLook()).join('\n')}\n`);
    process.exitCode = exitCodes.wrongUsage;
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
