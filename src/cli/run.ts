import type { Command } from '@commander-js/extra-typings';
import { CommanderError } from 'commander';
import { problemLines } from '../report/problem-text.ts';
import { errorDocument } from '../report/report-json.ts';
import type { SpecProblem } from '../spec/spec-error.ts';
import { makeProgram } from './program.ts';
import { lateErrors } from './searching/late-errors.ts';
import { problemFrom } from './searching/problem.ts';
import { type ExitCode, exitCodes, worstOf } from './system/exit-code.ts';
import { errors, output, send } from './system/streams.ts';
import { errorLook, printError, printJson } from './system/terminal.ts';

/**
 * Runs the command that `words` name (the arguments without node and script). Prints its report or
 * its error, and returns the exit code.
 */
export async function run(words: readonly string[]): Promise<ExitCode> {
  // For a command that ends without an exit code.
  let code: ExitCode = exitCodes.wrongUsage;
  const program = makeProgram((result) => {
    code = result;
  });
  quiet(program);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return lateErrors().length > 0 ? worstOf([code, exitCodes.wrongUsage]) : code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.asExpected;
    // Without a command commander prints the help, and that is all.
    if (error instanceof CommanderError && error.code === 'commander.help')
      return exitCodes.wrongUsage;
    const cause = error instanceof CommanderError ? await explained(error, words, program) : error;
    report(problemFrom(cause), words.includes('--json'));
    return exitCodes.wrongUsage;
  }
}

/** Makes commander throw: errors are printed here, all in the same form. */
function quiet(program: Command): void {
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void send(output, text),
      writeErr: (text) => void send(errors, text),
      outputError: () => undefined,
    });
  }
}

function report(problem: SpecProblem, json: boolean): void {
  if (json) printJson(errorDocument(problem));
  else printError(problemLines(problem, errorLook()));
}

/**
 * Turns a commander error into a usage error. Suggestions load lazily: only a failure needs them.
 */
async function explained(
  ...complaint: Parameters<typeof import('./wrong-words.ts').wrongWords>
): Promise<Error> {
  const { wrongWords } = await import('./wrong-words.ts');
  return wrongWords(...complaint);
}
