import type { Exposure, ExposureRow } from '../../exposure/exposure.ts';
import type { Meaning, Race } from '../../exposure/races.ts';
import { exposureOf, type SearchAt } from '../../exposure/search.ts';
import { changes } from '../../model/releases/history.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { switchesOf } from '../../model/releases/releases.ts';
import { type Switches, switchNames } from '../../model/releases/switches.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import type { Stop } from '../system/stop.ts';
import type { Place, RunOne } from './run-one.ts';

/** The row of one race, what it took, and what broke on the way. */
export interface RaceRow extends Pick<Exposure, 'searches' | 'states'> {
  readonly row: ExposureRow | undefined;
  readonly problems: readonly SpecProblem[];
}

/**
 * Computes the row of one race. Its place is that of the race among all. Throws CliUsageError and
 * the errors of the checker.
 */
export async function raceRow(
  race: Race,
  releases: readonly string[],
  { run, stop, place }: { readonly run: RunOne; readonly stop: Stop; readonly place: Place },
): Promise<RaceRow> {
  const problems: SpecProblem[] = [];
  const search: SearchAt = async (scenario, parameters, within) => {
    if (stop.requested) return undefined;
    const number = (place.number - 1) * releases.length + within.number;
    const { searched, problem } = await run(
      { scenario, point: parameters },
      () => ({ parameters }),
      { number, of: place.of * releases.length },
    );
    if (problem !== undefined) problems.push(problem);
    return searched && { result: searched.result, read: searched.slotsRead };
  };
  const { rows, searches, states } = await exposureOf([race], releases, search, releaseNames);
  return { row: rows[0], searches, states, problems };
}

const changed: ReadonlySet<string> = new Set(changes.flatMap(({ set }) => Object.keys(set)));

/** The meaning of a switch for the table, by the history of releases. */
export const meaningOfSwitch: Meaning = (name, value) => {
  if (changed.has(name)) return 'change';
  const always: Partial<Record<string, Switches[keyof Switches]>> = switchesOf('newton');
  const known = switchNames.some((one) => one === name);
  return known && always[name] === value ? 'nothing' : 'site';
};
