import { pointOf } from '../checker/evaluate/point.ts';
import type { Result } from '../checker/result/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { AnySystem } from '../spec/system.ts';
import type { Exposure, ExposureCell, ExposureRow } from './exposure.ts';
import type { Race } from './races.ts';
import { hasSameRuns } from './same-runs.ts';

/** A search that has ended, and the slots that it read. */
export interface Searched {
  readonly result: Result;
  readonly read: ReadonlySet<string>;
}

/**
 * Checks a scenario at a point; undefined when it was stopped. `place` counts the cells of the
 * table from 1.
 */
export type SearchAt = (
  scenario: Scenario,
  point: AnyPoint,
  place: Place,
) => Promise<Searched | undefined>;

interface Place {
  readonly number: number;
  readonly of: number;
}

/**
 * Computes the table. A race is exposed on a release when one of its own properties is violated
 * there, and partly closed when only one is that its scenario says a fix leaves. It does not apply
 * where the scenario refuses the release, or where a `reachable` property fails. For a single
 * release it also finds the later one of `all` that mends an exposed race. Throws the errors of the
 * checker.
 */
export async function exposureOf(
  races: readonly Race[],
  releases: readonly string[],
  search: SearchAt,
  all?: readonly string[],
): Promise<Exposure> {
  const total = { searches: 0, states: 0 };
  const rows: ExposureRow[] = [];
  const gaps = isGapless(releases, all ?? releases) ? {} : ({ apart: true } as const);
  for (const race of races) {
    const { scenario, setting } = race;
    const column = new Column(race, search, total);
    const cells: ExposureCell[] = [];
    for (const [i, release] of releases.entries()) {
      const number = rows.length * releases.length + i + 1;
      const place = { number, of: races.length * releases.length };
      const cell = await column.cell(release, place);
      const mended =
        releases.length === 1 && cell.status === 'exposed' && all !== undefined
          ? await column.mendedAfter(release, all, place)
          : {};
      cells.push({ ...cell, ...mended });
    }
    rows.push({ scenario: scenario.name, about: scenario.about, setting, ...gaps, cells });
  }
  return { releases, rows, ...total };
}

/** Whether each of the releases is the next one after the one before it. */
function isGapless(releases: readonly string[], all: readonly string[]): boolean {
  const first = all.indexOf(releases[0] ?? '');
  return releases.every((release, i) => all[first + i] === release);
}

/**
 * The cells of one race, which share the searches of releases that differ in no slot that a search
 * read.
 */
class Column {
  readonly #race: Race;
  readonly #search: SearchAt;
  readonly #total: { searches: number; states: number };
  readonly #known: (Searched & { readonly system: AnySystem })[] = [];

  constructor(race: Race, search: SearchAt, total: { searches: number; states: number }) {
    this.#race = race;
    this.#search = search;
    this.#total = total;
  }

  async cell(release: string, place: Place): Promise<ExposureCell> {
    const { scenario, setting } = this.#race;
    const refusal = refusalOf(scenario, { ...setting, release });
    if (refusal !== undefined) {
      return { release, status: 'not_applicable', reason: refusal, ...nothing };
    }
    const point = pointOf(scenario, { ...setting, release });
    const system = scenario.system(point);
    const same = this.#known.find(
      (one) => one.result.complete && hasSameRuns(one.system, one.read, system),
    );
    if (same !== undefined) return cellFor(release, this.#race, same.result);
    const searched = await this.#search(scenario, point, place);
    if (searched !== undefined) {
      this.#known.push({ ...searched, system });
      this.#total.searches += 1;
      this.#total.states += searched.result.states;
    }
    return cellFor(release, this.#race, searched?.result);
  }

  /**
   * The later release from which on it is not exposed, null when there is none; undefined when that
   * is not known.
   */
  async mendedAfter(
    release: string,
    all: readonly string[],
    place: Place,
  ): Promise<Pick<ExposureCell, 'mendedIn'>> {
    let mendedIn: string | null = null;
    // From the newest back: most exposed races still are there, so one search is often enough.
    for (const later of all.slice(all.indexOf(release) + 1).reverse()) {
      const { status } = await this.cell(later, place);
      if (status === 'undecided') return {};
      if (status === 'exposed') break;
      mendedIn = later;
    }
    return { mendedIn };
  }
}

const nothing = { violated: [], others: [] };

/**
 * The reason why a scenario cannot be asked at a point: it does not know the release, or refuses
 * it.
 */
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
  if (violated.length > 0) {
    const some = violated.some(({ property }) => own.has(property)) ? 'exposed' : 'partly';
    return { release, status: some, violated, others };
  }
  if (!result.complete) return { release, status: 'undecided', violated, others };
  // Where the scenario never comes about, a lack of violations says nothing.
  const missed = result.properties.find(
    ({ kind, verdict }) => kind === 'reachable' && verdict === 'violated',
  );
  if (missed === undefined) return { release, status: 'closed', violated, others };
  const reason = `it never reaches its subject: ${missed.name}`;
  return { release, status: 'not_applicable', reason, violated, others };
}
