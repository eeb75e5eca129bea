import { exposureDocument } from '../../exposure/document.ts';
import { type Exposure, nameOf } from '../../exposure/exposure.ts';
import { exposureMarkdown } from '../../exposure/markdown.ts';
import { racesOf } from '../../exposure/races.ts';
import { exposureLines } from '../../exposure/text.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { problemLines } from '../../report/problem-text.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { knownName } from '../arguments/known-name.ts';
import { builtInScenarios } from '../loading/find-scenarios.ts';
import { here } from '../machines/here.ts';
import type { Executor, Plan } from '../machines/plan.ts';
import { writePart } from '../machines/write-part.ts';
import { meaningOfSwitch, type RaceRow, raceRow } from '../searching/race-row.ts';
import { searcher } from '../searching/run-jobs.ts';
import type { Place, RunOne } from '../searching/run-one.ts';
import { type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';
import { elsewhereFor } from './elsewhere.ts';
import type { ExposureFlags } from './exposure.ts';

/**
 * `racewright exposure`. Throws CliUsageError. A race whose model is broken at a release stays open
 * there. With `elsewhere` the searches are done there.
 */
export async function exposureCommand(flags: ExposureFlags, given?: Executor): Promise<ExitCode> {
  const elsewhere = await elsewhereFor(given, flags);
  const releases = releasesFrom(flags.release);
  const plan = await planOf(releases);
  if (elsewhere === undefined && flags.shard !== undefined) {
    return writePart(plan, flags.shard, codeOf);
  }
  const stop = stopOnSignal();
  const found: RaceRow[] = [];
  let missing = 0;
  for await (const one of (elsewhere ?? here).answers(plan, stop)) {
    if (one === undefined) missing += 1;
    else found.push(one);
  }
  const sum = (of: (one: RaceRow) => number) => found.reduce((total, one) => total + of(one), 0);
  const exposure: Exposure = {
    releases,
    rows: found.flatMap(({ row }) => row ?? []),
    searches: sum(({ searches }) => searches),
    states: sum(({ states }) => states),
  };
  show(exposure, flags);
  for (const problem of found.flatMap(({ problems }) => problems)) {
    printError(problemLines(problem, errorLook()));
  }
  return worstOf([...found.map(codeOf), ...(missing > 0 ? [exitCodes.undecided] : [])]);
}

/** A row for each race that a scenario of racewright states. */
async function planOf(releases: readonly string[]): Promise<Plan<RaceRow>> {
  const chosen = await builtInScenarios();
  let run: RunOne | undefined;
  const works = chosen
    .flatMap(({ scenario }) => racesOf(scenario, meaningOfSwitch))
    .map((race) => {
      const { scenario, setting } = race;
      return {
        task: { kind: 'race', scenario: scenario.name, setting, releases } as const,
        about: nameOf({ scenario: scenario.name, setting }),
        here(stop: Stop, place: Place) {
          run ??= searcher(stop);
          return raceRow(race, releases, { run, stop, place });
        },
      };
    });
  return { works, models: [] };
}

function codeOf({ row, problems }: RaceRow): ExitCode {
  if (problems.length > 0) return exitCodes.wrongUsage;
  const open = row?.cells.some(({ status }) => status === 'undecided');
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
