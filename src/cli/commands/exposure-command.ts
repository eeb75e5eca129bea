import { setImmediate } from 'node:timers/promises';
import type { Progress } from '../../checker/result/options.ts';
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
import { progressText } from '../../report/progress-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { builtInScenarios } from '../loading/find-scenarios.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import { foundBefore, runSearch } from '../searching/run-search.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { makeMeter } from '../system/meter.ts';
import { stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';

export interface ExposureFlags {
  /** Empty for all. */
  readonly release: readonly string[];
  readonly json?: true | undefined;
  readonly markdown?: true | undefined;
}

/**
 * `racewright exposure`. Throws CliUsageError; a race whose model is broken at a release is open
 * there.
 */
export async function exposureCommand(flags: ExposureFlags): Promise<ExitCode> {
  const releases = releasesFrom(flags.release);
  const chosen = await builtInScenarios();
  const races = chosen.flatMap(({ scenario }) => racesOf(scenario, meaningOfSwitch));
  const stop = stopOnSignal();
  const meter = makeMeter();
  const broken: SpecProblem[] = [];
  try {
    const search: SearchAt = async (scenario, parameters, place) => {
      await setImmediate();
      if (stop.requested) return undefined;
      const show = (progress: Progress, seconds: number) => {
        const running = { name: scenario.name, ...place, progress, seconds };
        meter.show((width) => progressText(running, width));
      };
      try {
        const searched = await runSearch(scenario, { parameters }, stop, show);
        return { result: searched.result, read: searched.slotsRead };
      } catch (error) {
        broken.push(problemAt({ scenario, point: parameters }, problemFrom(error)));
        const found = foundBefore(error);
        return found === undefined ? undefined : { result: found.result, read: found.slotsRead };
      }
    };
    const exposure = await exposureOf(races, releases, search, releaseNames);
    meter.clear();
    show(exposure, flags);
    for (const problem of broken) printError(problemLines(problem, errorLook()));
    if (broken.length > 0) return exitCodes.wrongUsage;
    const open = exposure.rows.some(({ cells }) =>
      cells.some(({ status }) => status === 'undecided'),
    );
    return open ? exitCodes.undecided : exitCodes.asExpected;
  } finally {
    meter.clear();
  }
}

function show(exposure: Exposure, flags: ExposureFlags): void {
  if (flags.json) printJson(exposureDocument(exposure));
  else if (flags.markdown) print(exposureMarkdown(exposure).trimEnd().split('\n'));
  else print(exposureLines(exposure, outputLook(), invocation()));
}

/**
 * The releases that are asked for, in the order of time. Throws CliUsageError for one that is
 * unknown or named twice.
 */
function releasesFrom(names: readonly string[]): readonly string[] {
  if (names.length === 0) return releaseNames;
  const asked = names.map((name) => knownRelease(name.trim()));
  const twice = asked.find((name, i) => asked.indexOf(name) !== i);
  if (twice !== undefined) {
    const where = `--release ${names.join(',')}`;
    throw new CliUsageError({ what: `${twice} is named twice`, where, mend: 'Name each once.' });
  }
  return releaseNames.filter((name) => asked.includes(name));
}

function knownRelease(name: string): string {
  const known = releaseNames.find((release) => release === name);
  if (known !== undefined) return known;
  throw unknownName({
    what: `there is no release '${name}'`,
    name,
    known: releaseNames,
    kind: 'releases',
    where: `--release ${name}`,
  });
}

const changed: ReadonlySet<string> = new Set(changes.flatMap(({ set }) => Object.keys(set)));

/** What setting a switch means for the table, by the history of releases. */
export const meaningOfSwitch: Meaning = (name, value) => {
  if (changed.has(name)) return 'change';
  const always: Partial<Record<string, Switches[keyof Switches]>> = switchesOf('newton');
  const known = switchNames.some((one) => one === name);
  return known && always[name] === value ? 'nothing' : 'site';
};
