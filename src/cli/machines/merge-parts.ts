import { shellWord } from '../../report/shell-words.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { noteProblem } from '../searching/late-errors.ts';
import { difference, ownMaker } from './maker.ts';
import { isIn, type Part, tasksOf } from './part.ts';
import { unpacked } from './payload.ts';
import type { Executor, Plan } from './plan.ts';

/** A part, and the file in which it is. */
export interface PartFile {
  readonly file: string;
  readonly part: Part;
}

/**
 * Throws CliUsageError where the files are not all parts of one command, each once, made by this
 * racewright.
 */
export function mustBeWhole(files: readonly PartFile[]): void {
  const [first, ...others] = files;
  if (first === undefined) return;
  for (const other of others) mustAgree(first, other);
  const { of } = first.part.shard;
  const byPart = new Map<number, string>();
  for (const { file, part } of files) {
    const before = byPart.get(part.shard.part);
    if (before !== undefined) {
      throw refusal(`both are part ${part.shard.part} of ${of}`, [before, file], 'Name each once.');
    }
    byPart.set(part.shard.part, file);
  }
  const lacking = Array.from({ length: of }, (_, i) => i + 1).filter((i) => !byPart.has(i));
  if (lacking.length > 0) {
    throw new CliUsageError({
      what: `of ${of} parts ${lacking.length === 1 ? 'this one is' : 'these are'} missing: ${lacking.join(', ')}`,
      mend: `Make it: racewright ${wordsOf(first.part)} --shard ${lacking[0]}/${of}`,
    });
  }
  for (const each of files) mustBeComplete(each);
  const differs = difference(first.part.maker, ownMaker());
  if (differs !== undefined) {
    throw refusal(`the parts and this command have ${differs}`, [first.file], sameMachines);
  }
}

const sameMachines = 'Use the same racewright on the same Node, and the same locale, everywhere.';

function mustAgree(one: PartFile, other: PartFile): void {
  const files = [one.file, other.file];
  const [first, second] = [one.part, other.part];
  if (wordsOf(first) !== wordsOf(second)) {
    throw refusal(
      `they are of two commands: racewright ${wordsOf(first)}, and racewright ${wordsOf(second)}`,
      files,
      'Merge the parts of one command.',
    );
  }
  if (first.shard.of !== second.shard.of) {
    const numbers = `one of ${first.shard.of} parts, and one of ${second.shard.of}`;
    throw refusal(`they are ${numbers}`, files, 'Merge the parts of one division.');
  }
  const differs = difference(first.maker, second.maker);
  if (differs !== undefined) throw refusal(`they have ${differs}`, files, sameMachines);
  mustHaveModels(first.models, second.models, files);
  if (first.tasks.hash !== second.tasks.hash) throw refusal(otherTasks, files, sameFolder);
}

const otherTasks = 'their points, bounds or faults differ';
const sameFolder = 'Run the command with the same racewright.config.ts everywhere.';

function mustHaveModels(one: Part['models'], other: Part['models'], files: readonly string[]) {
  const changed = one.find(({ file, hash }) =>
    other.some((each) => each.file === file && each.hash !== hash),
  );
  if (changed === undefined) return;
  throw refusal(`they have different models in '${changed.file}'`, files, 'Use one version of it.');
}

function mustBeComplete({ file, part }: PartFile): void {
  const { shard, tasks, answers } = part;
  const own = Array.from({ length: tasks.count }, (_, task) => task).filter((i) => isIn(i, shard));
  const isWhole = own.length === answers.length && own.every((i, at) => answers[at]?.task === i);
  if (isWhole) return;
  throw new CliUsageError({
    what: `part ${shard.part} was stopped: it has ${answers.length} of ${own.length} answers`,
    where: file,
    mend: `Make it again: racewright ${wordsOf(part)} --shard ${shard.part}/${shard.of}`,
  });
}

const wordsOf = ({ words }: Part): string => words.map(shellWord).join(' ');

function refusal(what: string, files: readonly string[], mend: string): CliUsageError {
  return new CliUsageError({ what, where: files.join(', '), mend });
}

/** Knows the answers that are in parts. `mustBeWhole` has looked at them. */
export function answersIn(files: readonly PartFile[]): Executor {
  return {
    async *answers<A>(plan: Plan<A>) {
      const [first] = files;
      if (first === undefined) return;
      mustHaveModels(first.part.models, plan.models, [first.file, 'this folder']);
      if (tasksOf(plan).hash !== first.part.tasks.hash) {
        throw refusal(otherTasks, [first.file, 'this folder'], sameFolder);
      }
      const byTask = new Map(
        files.flatMap(({ file, part }) =>
          part.answers.map(({ task, data }) => [task, { file, data }] as const),
        ),
      );
      for (const problem of files.flatMap(({ part }) => part.problems)) noteProblem(problem);
      for (const task of plan.works.keys()) yield answerIn<A>(byTask.get(task));
    },
  };
}

function answerIn<A>(found: { readonly file: string; readonly data: string } | undefined): A {
  try {
    // What has the right checksum was written by the same code.
    return unpacked(found?.data ?? '') as A;
  } catch {
    throw new CliUsageError({
      what: 'the part is damaged: an answer in it cannot be read',
      where: found?.file,
      mend: 'Make it again.',
    });
  }
}
