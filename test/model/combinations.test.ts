import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';
import {
  type Cause,
  type Combination,
  causeOf,
  combinations,
  defaultsOf,
  isPartOf,
  type Kind,
  scenarioOf,
  violatedIn,
} from './combinations.ts';
import { knownRaces } from './known-races.ts';

/**
 * A fixed seed, so that the verdict never changes by chance; `npm run combinations` explores with
 * another one.
 */
const seed = Number(process.env['RACEWRIGHT_SEED'] ?? '1');
const numRuns = Number(process.env['RACEWRIGHT_RUNS'] ?? '40');
const statesMax = 1500;
/** A busy machine is no reason to fail. */
const timeoutMs = 1_200_000;

interface Shown {
  readonly property: string;
  readonly cause: Cause;
}

/** What the scenarios expect to be violated on the newest release, and by what. */
const shown: readonly Shown[] = (
  await Promise.all(Object.values(scenarios).map((load) => load()))
).flatMap((scenario) =>
  scenario.expect.flatMap(({ given = {}, violates = {} }) => {
    // A point gives values to parameters of its scenario; the compiler thinks that some may be
    // undefined.
    const point = { ...defaultsOf(scenario), ...given } as AnyPoint;
    const isNewest = (point['release'] ?? newestRelease) === newestRelease;
    const names = isNewest ? Object.keys(violates) : [];
    return names.map((property) => ({ property, cause: causeOf(scenario, point) }));
  }),
);

/**
 * The violations of a combination that no scenario shows, that are not known by another name, and
 * that need all of it.
 */
function unexplained(combination: Combination): readonly string[] {
  const scenario = scenarioOf(combination);
  const cause = causeOf(scenario, defaultsOf(scenario));
  const kinds = combination.requests.map(({ kind }) => kind);
  const open = violatedIn(scenario, statesMax).filter(
    (property) =>
      !shown.some((one) => one.property === property && isPartOf(one.cause, cause)) &&
      !knownRaces.some((race) => race.properties.includes(property) && areAmong(race.kinds, kinds)),
  );
  // What one request does by itself when something fails is no matter of the combination.
  const alone = new Set(
    open.length === 0
      ? []
      : combination.requests.flatMap((request) =>
          violatedIn(scenarioOf({ ...combination, requests: [request] }), statesMax),
        ),
  );
  return open.filter((property) => !alone.has(property));
}

/** Every kind is drawn at least as often as it is asked for. */
const areAmong = (asked: readonly Kind[], drawn: readonly Kind[]): boolean => {
  const times = (kind: Kind, list: readonly Kind[]) => list.filter((one) => one === kind).length;
  return asked.every((kind) => times(kind, drawn) >= times(kind, asked));
};

describe('random combinations of requests on the newest release', () => {
  test(
    'random combinations of requests on the newest release violate only what a scenario shows',
    () => {
      fc.assert(
        fc.property(combinations, (combination) => {
          expect(unexplained(combination)).toEqual([]);
        }),
        { seed, numRuns },
      );
    },
    timeoutMs,
  );

  test('a scenario shows each known race of random combinations of requests', () => {
    const names = Object.keys(scenarios);
    expect(knownRaces.filter(({ shownBy }) => !names.includes(shownBy))).toEqual([]);
  });
});
