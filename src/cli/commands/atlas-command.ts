import type { Atlas, AtlasCell } from '../../atlas/atlas.ts';
import { statesMax } from '../../atlas/cell.ts';
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
import { AtlasCache } from '../searching/atlas-cache.ts';
import { cellHasher } from '../searching/atlas-hash.ts';
import { computeCells, notComputed } from '../searching/atlas-pool.ts';
import type { CellTask } from '../searching/atlas-worker.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { makeMeter } from '../system/meter.ts';
import { ownVersion } from '../system/own-version.ts';
import { stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';
import type { AtlasFlags } from './atlas.ts';

/** `racewright atlas`. Throws CliUsageError. */
export async function atlasCommand(flags: AtlasFlags): Promise<ExitCode> {
  const release = knownName(flags.release ?? newestRelease, releaseNames, asRelease);
  const only = flags.only.map((name) => knownName(name, requestNames, asRequest));
  const faults = faultsFrom(flags.withFaults);
  const tasks = tasksOf(only);
  if (tasks.length === 0) throw nothingToAsk(only);
  // Hashes need all modules of the model, which take seconds to read. Only a cache and the document
  // use them.
  const isHashed = flags.cache !== undefined || flags.json === true;
  const common = { version: ownVersion(), release, faults, statesMax };
  const hashOf = isHashed ? await cellHasher(common) : () => '';
  const cache = flags.cache === undefined ? undefined : new AtlasCache(flags.cache);
  const cells = new Map<string, AtlasCell>();
  for (const task of tasks) {
    const before = cache?.get(hashOf(task));
    if (before !== undefined) cells.set(task.join('+'), before);
  }
  const problems: SpecProblem[] = [];
  const stop = stopOnSignal();
  const meter = makeMeter();
  try {
    const open = tasks.filter((task) => !cells.has(task.join('+')));
    await computeCells(open, { release, faults, statesMax }, stop, (task, message) => {
      if ('problem' in message) problems.push(placed(task, message.problem));
      else {
        cells.set(task.join('+'), message.cell);
        cache?.put(hashOf(task), message.cell);
      }
      const text = `${cells.size + problems.length} of ${tasks.length} cells: ${task.join(' + ')}`;
      meter.show((width) => shorten(text, width));
    });
  } finally {
    meter.clear();
  }
  const all = tasks.map((task) => cells.get(task.join('+')) ?? notComputed(task));
  const atlas: Atlas = {
    release,
    withFaults: faults.length > 0,
    alone: all.filter((cell) => cell.requests.length === 1),
    pairs: all.filter((cell) => cell.requests.length === 2),
  };
  show(atlas, flags, (cell) => hashOf(cell.requests as CellTask));
  for (const problem of problems) printError(problemLines(problem, errorLook()));
  if (problems.length > 0) return exitCodes.wrongUsage;
  return all.some(isOpen) ? exitCodes.undecided : exitCodes.asExpected;
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
