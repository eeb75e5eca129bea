import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { type Shard, withoutShard } from '../arguments/shard.ts';
import { lateErrors } from '../searching/late-errors.ts';
import { type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { printJson } from '../system/terminal.ts';
import { ownMaker } from './maker.ts';
import { isIn, type Part, type PartAnswer, tasksOf } from './part.ts';
import { packed } from './payload.ts';
import type { Plan } from './plan.ts';

/**
 * Does one part of a plan, and prints it as a document. Returns the code of its own answers, as the
 * whole command does of all. A part that was stopped has the answers that it came to, and 3.
 */
export async function writePart<A>(
  plan: Plan<A>,
  shard: Shard,
  codeOf: (answer: A, task: number) => ExitCode,
  stop: Stop = stopOnSignal(),
): Promise<ExitCode> {
  const answers: PartAnswer[] = [];
  const codes: ExitCode[] = [exitCodes.asExpected];
  const own = [...plan.works.entries()].filter(([task]) => isIn(task, shard));
  for (const [i, [task, work]] of own.entries()) {
    if (stop.requested) break;
    const answer = await work.here(stop, { number: i + 1, of: own.length });
    // What was cut short is no answer.
    if (stop.requested || answer === undefined) continue;
    codes.push(codeOf(answer, task));
    answers.push({ task, about: work.about, data: dataOf(answer, work.about) });
  }
  if (answers.length < own.length) codes.push(exitCodes.undecided);
  const models = plan.models.map(({ file, hash }) => ({ file, hash }));
  const words = withoutShard(process.argv.slice(2));
  const part: Part = {
    format: 'racewright/part',
    version: 1,
    shard,
    words,
    maker: ownMaker(),
    models,
    tasks: tasksOf(plan),
    answers,
    problems: lateErrors(),
  };
  printJson(part);
  return worstOf(codes);
}

function dataOf(answer: unknown, about: string): string {
  try {
    return packed(answer);
  } catch {
    throw new CliUsageError({
      what: `the result of ${about} cannot be written to a file`,
      mend: 'Run the command without --shard.',
    });
  }
}
