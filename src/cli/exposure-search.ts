import { pointOf } from '../checker/point.ts';
import type { Result } from '../checker/result.ts';
import type { Exposure, ExposureCell, ExposureRow } from '../report/exposure.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { AnySystem, Scenario } from '../spec/scenario.ts';
import type { Race } from './exposure-races.ts';
import { hasSameRuns } from './same-runs.ts';

/** A search that was done, and the slots that it read. */
export interface Searched {
  readonly result: Result;
  readonly read: ReadonlySet<string>;
}

/** Checks a scenario at a point; undefined when it was told to stop. `place` counts the cells of the table from 1. */
export type SearchAt = (
  scenario: Scenario,
  point: AnyPoint,
  place: { readonly number: number; readonly of: number },
) => Promise<Searched | undefined>;

/**
 * Computes the table. A race is exposed on a release when something of its own is violated there, partly closed when only what its
 * scenario says a fix leaves is, and does not apply where the scenario refuses the release. Throws what the checker throws.
 */
export async function exposureOf(
  races: readonly Race[],
  releases: readonly string[],
  search: SearchAt,
): Promise<Exposure> {
  const total = { searches: 0, states: 0 };
  const rows: ExposureRow[] = [];
  for (const race of races) {
    const { scenario, setting } = race;
    const known: (Searched & { readonly system: AnySystem })[] = [];
    const cells: ExposureCell[] = [];
    for (const [i, release] of releases.entries()) {
      const refusal = refusalOf(scenario, { ...setting, release });
      if (refusal !== undefined) {
        cells.push({ release, status: 'not_applicable', because: refusal, ...nothing });
        continue;
      }
      const point = pointOf(scenario, { ...setting, release });
      const system = scenario.system(point);
      let searched: Searched | undefined = known.find(
        (one) => one.result.complete && hasSameRuns(one.system, one.read, system),
      );
      if (searched === undefined) {
        const number = rows.length * releases.length + i + 1;
        searched = await search(scenario, point, { number, of: races.length * releases.length });
        if (searched !== undefined) {
          known.push({ ...searched, system });
          total.searches += 1;
          total.states += searched.result.states;
        }
      }
      cells.push(cellFor(release, race, searched?.result));
    }
    rows.push({ scenario: scenario.name, about: scenario.about, setting, cells });
  }
  return { releases, rows, ...total };
}

const nothing = { violated: [], others: [] };

/** Why a scenario cannot be asked at a point: it does not know the release, or refuses it. */
function refusalOf(scenario: Scenario, given: AnyPoint): string | undefined {
  const { release } = given;
  const knows = release !== undefined && scenario.parameters['release']?.values.includes(release);
  if (!knows) return `the scenario does not know ${release}`;
  const defaults = Object.entries(scenario.parameters).map(([name, parameter]) => [
    name,
    parameter.default,
  ]);
  return scenario.refuses({ ...Object.fromEntries(defaults), ...given });
}

function cellFor(release: string, { own, listed }: Race, result: Result | undefined): ExposureCell {
  if (result === undefined) return { release, status: 'undecided', ...nothing };
  const found = result.properties.flatMap(({ name, verdict, trace }) =>
    verdict === 'violated' ? [{ property: name, steps: trace?.steps.length ?? 0 }] : [],
  );
  const violated = found.filter(({ property }) => listed.has(property));
  const others = found.filter(({ property }) => !listed.has(property));
  const rest = result.complete ? 'closed' : 'undecided';
  const some = violated.some(({ property }) => own.has(property)) ? 'exposed' : 'partly';
  return { release, status: violated.length > 0 ? some : rest, violated, others };
}
