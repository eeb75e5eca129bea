import type { Atlas, AtlasCell } from '../../atlas/atlas.ts';
import { type AtlasOptions, statesMax } from '../../atlas/cell.ts';
import { atlasDocument } from '../../atlas/document.ts';
import { atlasMarkdown } from '../../atlas/markdown.ts';
import { allPairs, lacksPartner } from '../../atlas/pairs.ts';
import { type RequestName, requestNames, requests } from '../../atlas/requests.ts';
import { atlasLines } from '../../atlas/text.ts';
import { type FaultName, faultNames } from '../../model/faults/faults.ts';
import { newestRelease, releaseNames } from '../../model/releases/release-names.ts';
import { problemLines } from '../../report/problem-text.ts';
import { shorten } from '../../report/text-width.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { knownName } from '../arguments/known-name.ts';
import type { Shard } from '../arguments/shard.ts';
import { isIn } from '../machines/part.ts';
import type { Executor, Plan } from '../machines/plan.ts';
import { writePart } from '../machines/write-part.ts';
import { AtlasCache } from '../searching/atlas-cache.ts';
import { cellHasher } from '../searching/atlas-hash.ts';
import { computeCells, notComputed } from '../searching/atlas-pool.ts';
import type { CellMessage, CellTask } from '../searching/compute-cell.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { makeMeter } from '../system/meter.ts';
import { ownVersion } from '../system/own-version.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';
import type { AtlasFlags } from './atlas.ts';
import { elsewhereFor } from './elsewhere.ts';

/** `racewright atlas`. Throws CliUsageError. With `elsewhere` the cells are computed there. */
export async function atlasCommand(flags: AtlasFlags, executor?: Executor): Promise<ExitCode> {
  const elsewhere = await elsewhereFor(executor, flags);
  const release = knownName(flags.release ?? newestRelease, releaseNames, asRelease);
  const only = flags.only.map((name) => knownName(name, requestNames, asRequest));
  const faults = faultsFrom(flags.withFaults);
  const tasks = tasksOf(only);
  if (tasks.length === 0) throw nothingToAsk(only);
  const options = { release, faults, statesMax };
  const { shard } = flags;
  if (elsewhere === undefined && shard !== undefined) return shardOf(tasks, options, shard);
  // Hashes need all modules of the model, which take seconds to read. Only a cache and the document
  // use them.
  const isHashed = flags.cache !== undefined || flags.json === true;
  const common = { version: ownVersion(), ...options };
  const hashOf = isHashed ? await cellHasher(common) : () => '';
  const stop = stopOnSignal();
  const found =
    elsewhere === undefined
      ? await computed(tasks, options, stop, { folder: flags.cache, hashOf })
      : await answered(tasks, elsewhere.answers(planOf(tasks, options), stop));
  const all = tasks.map((task): AtlasCell => {
    const message = found.get(task);
    return message !== undefined && 'cell' in message ? message.cell : notComputed(task);
  });
  const atlas: Atlas = {
    release,
    withFaults: faults.length > 0,
    alone: all.filter((cell) => cell.requests.length === 1),
    pairs: all.filter((cell) => cell.requests.length === 2),
  };
  show(atlas, flags, (cell) => hashOf(cell.requests as CellTask));
  const problems = tasks.flatMap((task) => {
    const message = found.get(task);
    return message !== undefined && 'problem' in message ? [placed(task, message.problem)] : [];
  });
  for (const problem of problems) printError(problemLines(problem, errorLook()));
  if (problems.length > 0) return exitCodes.wrongUsage;
  return all.some(isOpen) ? exitCodes.undecided : exitCodes.asExpected;
}

type Found = ReadonlyMap<CellTask, CellMessage>;

interface Cached {
  /** The folder of the cache. */
  readonly folder: string | undefined;
  readonly hashOf: (task: CellTask) => string;
}

/** Computes the cells in threads; what a cache has is taken from it. */
async function computed(
  tasks: readonly CellTask[],
  options: CellOptions,
  stop: Stop,
  { folder, hashOf }: Cached = { folder: undefined, hashOf: () => '' },
): Promise<Found> {
  const cache = folder === undefined ? undefined : new AtlasCache(folder);
  const found = new Map<CellTask, CellMessage>();
  for (const task of tasks) {
    const before = cache?.get(hashOf(task));
    if (before !== undefined) found.set(task, { cell: before });
  }
  const meter = makeMeter();
  try {
    const open = tasks.filter((task) => !found.has(task));
    await computeCells(open, options, stop, (task, message) => {
      found.set(task, message);
      if ('cell' in message) cache?.put(hashOf(task), message.cell);
      const text = `${found.size} of ${tasks.length} cells: ${task.join(' + ')}`;
      meter.show((width) => shorten(text, width));
    });
  } finally {
    meter.clear();
  }
  return found;
}

async function answered(
  tasks: readonly CellTask[],
  answers: AsyncIterable<CellMessage | undefined>,
): Promise<Found> {
  const found = new Map<CellTask, CellMessage>();
  const waiting = [...tasks].reverse();
  for await (const message of answers) {
    const task = waiting.pop();
    if (task !== undefined && message !== undefined) found.set(task, message);
  }
  return found;
}

type CellOptions = Required<Pick<AtlasOptions, 'release' | 'faults' | 'statesMax'>>;

/** Computes one part of the cells, and prints it. */
async function shardOf(
  tasks: readonly CellTask[],
  options: CellOptions,
  shard: Shard,
): Promise<ExitCode> {
  const own = tasks.filter((_, i) => isIn(i, shard));
  const found = await computed(own, options, stopOnSignal());
  // What threads have ended is whole, also after Ctrl-C.
  return writePart(planOf(tasks, options, found), shard, codeOf, { requested: false });
}

/** The cells as tasks; `found` are those that are known here. */
function planOf(
  tasks: readonly CellTask[],
  options: CellOptions,
  found: Found = new Map(),
): Plan<CellMessage> {
  const works = tasks.map((requests) => ({
    task: { kind: 'cell', requests, ...options } as const,
    about: `atlas, ${requests.join(' + ')}`,
    here: () => Promise.resolve(found.get(requests)),
  }));
  return { works, models: [] };
}

function codeOf(message: CellMessage): ExitCode {
  if ('problem' in message) return exitCodes.wrongUsage;
  return isOpen(message.cell) ? exitCodes.undecided : exitCodes.asExpected;
}

function show(atlas: Atlas, flags: AtlasFlags, hashOf: (cell: AtlasCell) => string): void {
  if (flags.json) printJson(atlasDocument(atlas, hashOf));
  else if (flags.markdown) print(atlasMarkdown(atlas).trimEnd().split('\n'));
  else print(atlasLines(atlas, outputLook()));
}

const isOpen = ({ status, parts }: AtlasCell): boolean =>
  status === 'undecided' ||
  parts.some((part) => part.status === 'undecided' || part.undecidedFaults !== undefined);

/** Each request alone, and every pair. Of named requests: those alone, and the pairs among them. */
function tasksOf(only: readonly RequestName[]): readonly CellTask[] {
  const isAsked = (name: RequestName) => only.length === 0 || only.includes(name);
  const alone = requestNames.filter((name) => isAsked(name) && requests[name].only === undefined);
  const pairs = allPairs.filter(
    ([one, other]) => isAsked(one) && isAsked(other) && lacksPartner(one, other) === undefined,
  );
  return [...alone.map((name) => [name] as const), ...pairs];
}

function nothingToAsk(only: readonly RequestName[]): CliUsageError {
  const [name] = only;
  const partner = name === undefined ? undefined : requests[name].only;
  return new CliUsageError({
    what: `${name} is asked beside ${partner} only`,
    where: `--only ${only.join(',')}`,
    mend: `Name both: --only ${name},${partner}`,
  });
}

function faultsFrom(given: true | string | undefined): readonly FaultName[] {
  if (given === undefined) return [];
  if (given === true) return faultNames;
  return given.split(',').map((name) => knownName(name.trim(), faultNames, asFault));
}

const asRelease = { kind: 'release', flag: '--release' };
const asRequest = { kind: 'request', flag: '--only' };
const asFault = { kind: 'fault', flag: '--with-faults' };

const placed = (task: CellTask, { what, where }: SpecProblem): SpecProblem => ({
  what,
  where: [`atlas, ${task.join(' + ')}`, ...(where === undefined ? [] : [where])].join(': '),
  mend: 'This is a bug of racewright: please report it with these lines.',
});
