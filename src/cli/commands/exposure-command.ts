import { exposureDocument } from '../../exposure/document.ts';
import type { Exposure } from '../../exposure/exposure.ts';
import { exposureMarkdown } from '../../exposure/markdown.ts';
import { type Meaning, racesOf } from '../../exposure/races.ts';
import { exposureOf, type SearchAt } from '../../exposure/search.ts';
import { exposureLines } from '../../exposure/text.ts';
import { changes } from '../../model/releases/history.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { switchesOf } from '../../model/releases/releases.ts';
import { type Switches, switchNames } from '../../model/releases/switches.ts';
import { problemLines } from '../../report/problem-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { knownName } from '../arguments/known-name.ts';
import { builtInScenarios } from '../loading/find-scenarios.ts';
import { searcher } from '../searching/run-jobs.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';
import type { ExposureFlags } from './exposure.ts';

/**
 * `racewright exposure`. Throws CliUsageError. A race whose model is broken at a release stays open
 * there.
 */
export async function exposureCommand(flags: ExposureFlags): Promise<ExitCode> {
  const releases = releasesFrom(flags.release);
  const chosen = await builtInScenarios();
  const races = chosen.flatMap(({ scenario }) => racesOf(scenario, meaningOfSwitch));
  const stop = stopOnSignal();
  const run = searcher(stop);
  const broken: SpecProblem[] = [];
  const search: SearchAt = async (scenario, parameters, place) => {
    if (stop.requested) return undefined;
    const { searched, problem } = await run(
      { scenario, point: parameters },
      () => ({ parameters }),
      place,
    );
    if (problem !== undefined) broken.push(problem);
    return searched && { result: searched.result, read: searched.slotsRead };
  };
  const exposure = await exposureOf(races, releases, search, releaseNames);
  show(exposure, flags);
  for (const problem of broken) printError(problemLines(problem, errorLook()));
  if (broken.length > 0) return exitCodes.wrongUsage;
  const open = exposure.rows.some(({ cells }) =>
    cells.some(({ status }) => status === 'undecided'),
  );
  return open ? exitCodes.undecided : exitCodes.asExpected;
}

function show(exposure: Exposure, flags: ExposureFlags): void {
  if (flags.json) printJson(exposureDocument(exposure));
  else if (flags.markdown) print(exposureMarkdown(exposure).trimEnd().split('\n'));
  else print(exposureLines(exposure, outputLook(), invocation()));
}

/**
 * The releases that the flag names, in the order of time. Throws CliUsageError for one that is
 * unknown or named twice.
 */
function releasesFrom(names: readonly string[]): readonly string[] {
  if (names.length === 0) return releaseNames;
  const released = { kind: 'release', flag: '--release' };
  const asked = names.map((name) => knownName(name.trim(), releaseNames, released));
  const twice = asked.find((name, i) => asked.indexOf(name) !== i);
  if (twice !== undefined) {
    const where = `--release ${names.join(',')}`;
    throw new CliUsageError({ what: `${twice} is named twice`, where, mend: 'Name each once.' });
  }
  return releaseNames.filter((name) => asked.includes(name));
}

const changed: ReadonlySet<string> = new Set(changes.flatMap(({ set }) => Object.keys(set)));

/** The meaning of a switch for the table, by the history of releases. */
export const meaningOfSwitch: Meaning = (name, value) => {
  if (changed.has(name)) return 'change';
  const always: Partial<Record<string, Switches[keyof Switches]>> = switchesOf('newton');
  const known = switchNames.some((one) => one === name);
  return known && always[name] === value ? 'nothing' : 'site';
};
