import type { Search as SearchClass } from '../../../src/index.ts';
import type { AnyPoint } from '../../../src/spec/parameters.ts';
import type { Scenario } from '../../../src/spec/scenario.ts';
import type { MutableModel, Mutant } from './mutable-model.ts';

/** A point of a scenario on the newest release, with what is known about it. */
export interface Point {
  /** `attach-detach fault=crash` */
  readonly name: string;
  readonly scenario: Scenario;
  readonly given: AnyPoint;
  /** The properties that are expected to be violated. */
  readonly violated: ReadonlySet<string>;
}

/** What the model does at a point when nothing is mutated. */
export interface Baseline {
  readonly point: Point;
  readonly states: number;
  /** As the mutator has seen it, and `switch <name>` for each switch that was read. */
  readonly seen: ReadonlySet<string>;
}

/**
 * What a release does not decide: the backend, the host and what it runs. A point may differ in
 * these from the newest release.
 */
const siteSwitches: readonly string[] = ['shared_targets', 'manual_scan', 'scan', 'driver_counts'];

/**
 * The points for which a scenario states an expectation: on the newest release at any site, and on
 * others or with other switches.
 */
export interface Points {
  readonly newest: readonly Point[];
  readonly others: readonly Point[];
}

export async function pointsOf(model: MutableModel): Promise<Points> {
  const release = model.switchesOf(model.newestRelease);
  const historic = new Set(model.changes.flatMap(({ set }) => Object.keys(set)));
  const points: { newest: Point[]; others: Point[] } = { newest: [], others: [] };
  for (const load of Object.values(model.scenarios)) {
    const scenario = await load();
    for (const { given = {}, violates = {} } of scenario.expect) {
      const switches = switchesAt(scenario, given);
      const isNewest =
        switches !== undefined &&
        Object.entries(release).every(
          ([name, value]) =>
            !historic.has(name) || siteSwitches.includes(name) || switches[name] === value,
        );
      // A point gives a value to parameters of its scenario; what is left out has its default.
      const values = given as Point['given'];
      const violated = new Set(Object.keys(violates));
      const point = { name: nameOf(scenario, values), scenario, given: values, violated };
      points[isNewest ? 'newest' : 'others'].push(point);
    }
  }
  return points;
}

/** The switches of the initial state; undefined for a scenario that is not one of the cloud. */
function switchesAt(scenario: Scenario, given: object): Record<string, unknown> | undefined {
  const values = given as Point['given'];
  const point = Object.fromEntries(
    Object.entries(scenario.parameters).map(([name, parameter]) => [
      name,
      values[name] ?? parameter.default,
    ]),
  );
  const init = scenario.system(point).init();
  const first: object = Array.isArray(init) ? init[0] : init;
  return 'switches' in first ? (first.switches as Record<string, unknown>) : undefined;
}

const nameOf = (scenario: Scenario, given: Point['given']): string =>
  [scenario.name, ...Object.entries(given).map(([name, value]) => `${name}=${value}`)].join(' ');

/** Points with more states are left out: one of them costs as much as many others. */
const statesMax = 16_000;

/**
 * Runs a point unmutated; undefined when it has too many states. Throws when it does not end as
 * expected: then nothing can be said about mutants.
 */
export function baselineOf({ Search, mutator }: MutableModel, point: Point): Baseline | undefined {
  mutator.mutant = undefined;
  mutator.seen = new Set();
  const search = new Search(point.scenario, { parameters: point.given, statesMax }).run();
  if (!search.result().complete) return undefined;
  if (differs(search, point)) throw new Error(`${point.name} does not end as it is expected to`);
  const read = [...search.slotsRead()].filter((slot) => slot.startsWith('switches.'));
  for (const slot of read) mutator.seen.add(slot.replace('switches.', 'switch '));
  return { point, states: search.progress().states, seen: mutator.seen };
}

/** How many times more states than without it a mutant may have. */
const growthMax = 10;

/**
 * Whether some verdict at a point differs under a mutant. A step that throws counts, because the
 * model itself refuses what the mutant does; and so does a point that grows out of all proportion,
 * as it would not be decided.
 */
export function noticed(
  { Search, mutator }: MutableModel,
  { point, states }: Baseline,
  mutant: Mutant,
): boolean {
  mutator.mutant = mutant;
  try {
    const search = new Search(point.scenario, {
      parameters: point.given,
      statesMax: growthMax * (states + 100),
    });
    while (!search.advance(256)) {
      if (search.progress().violated.some((name) => !point.violated.has(name))) return true;
    }
    return differs(search, point) || !search.result().complete;
  } catch {
    return true;
  } finally {
    mutator.mutant = undefined;
  }
}

/**
 * Something that was expected to hold is violated, or, if everything was visited, the other way
 * round.
 */
function differs(search: SearchClass, { violated }: Point): boolean {
  const { properties, complete } = search.result();
  return properties.some(({ name, verdict }) =>
    violated.has(name) ? complete && verdict === 'holds' : verdict === 'violated',
  );
}
