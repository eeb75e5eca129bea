import { expect, test } from 'vitest';
import { check, type Scenario, simulate } from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { RandomSource } from '../../src/simulate/random-source.ts';
import { richnessBound, unseenOf } from '../../src/simulate/richness.ts';
import { Visits } from '../../src/simulate/visits.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';

/** Spaces whose size is published, each with too few runs to see all of it. */
const spaces: readonly (readonly [
  string,
  Scenario,
  { [name: string]: number | string },
  number,
  number,
])[] = [
  ['two-phase commit, 5', twoPhaseCommit, { rms: 5 }, 8_832, 40],
  ['the race with a lock', seedRace, { attaches: 2, detaches: 2, lock: 'both' }, 112, 30],
];

test.each(spaces)('of %s the lower bound is below the truth for 95 of 100 seeds', (...space) => {
  const [, scenario, parameters, states, runs] = space;
  expect(check(scenario, { parameters }).states).toBe(states);
  let below = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { simulated } = simulate(scenario, { parameters, runs, seed, shorteningStatesMax: 1 });
    const { judged = 0, atLeast } = simulated?.coverage ?? {};
    expect(atLeast?.states).toBeGreaterThanOrEqual(judged);
    if ((atLeast?.states ?? Number.POSITIVE_INFINITY) <= states) below += 1;
  }
  expect(below).toBeGreaterThanOrEqual(95);
});

/** States that runs visit together, at random with this weight. */
interface Group {
  readonly first: number;
  readonly size: number;
  readonly weight: number;
}

/**
 * Groups of very different sizes and weights: a rare giant branch, long chains behind a pick, many
 * single states.
 */
function randomGroups(random: RandomSource): { groups: readonly Group[]; states: number } {
  const groups: Group[] = [];
  let states = 0;
  const kinds = 1 + random.below(3);
  for (let kind = 0; kind < kinds; kind++) {
    const count = 1 + Math.floor(2 * 60 ** random.unit());
    const size = Math.floor(200 ** random.unit());
    const weight = 10 ** (-3 * random.unit());
    for (let i = 0; i < count; i++, states += size) groups.push({ first: states, size, weight });
  }
  return { groups, states };
}

/** The bound of runs that each visit some of the groups. */
function boundOf(groups: readonly Group[], runs: number, each: number, random: RandomSource) {
  const all = groups.reduce((sum, { weight }) => sum + weight, 0);
  const visits = new Visits();
  for (let run = 1; run <= runs; run++) {
    for (let i = 0; i < each; i++) {
      let left = random.unit() * all;
      const at = groups.find(({ weight }) => {
        left -= weight;
        return left <= 0;
      });
      const { first = 0, size = 0 } = at ?? {};
      for (let state = first; state < first + size; state++) visits.note(state, run);
    }
  }
  return richnessBound(runs, visits.tally()).states;
}

test('where states come in groups, the lower bound is below the truth for 95 of 100 seeds', () => {
  let higher = 0;
  for (let kind = 0; kind < 100; kind++) {
    const random = new RandomSource(kind);
    const { groups, states } = randomGroups(random);
    const [runs, each] = [20 + random.below(100), 1 + random.below(3)];
    const bounds = Array.from({ length: 100 }, () => boundOf(groups, runs, each, random));
    const below = bounds.filter((bound) => bound <= states).length;
    expect([kind, below >= 95]).toEqual([kind, true]);
    if (bounds.some((bound) => bound > states / 2)) higher += 1;
  }
  // A bound that says nothing is no lie either, and no use.
  expect(higher).toBeGreaterThan(30);
});

test('a thousand chains behind a pick are not taken for millions of states', () => {
  const groups = Array.from({ length: 1_000 }, (_, i) => ({
    first: 100 * i,
    size: 100,
    weight: 1,
  }));
  for (let seed = 1; seed <= 20; seed++) {
    const bound = boundOf(groups, 20, 1, new RandomSource(seed));
    expect(bound).toBeLessThan(100_000);
    expect(bound).toBeGreaterThan(2_000);
  }
});

test('the estimate is Chao2', () => {
  // 26 species in one of 121 samples and 12 in two: 26² / (2 × 12) × 120 / 121.
  expect(unseenOf(121, 26, 12)).toBeCloseTo(27.93, 2);
});

/** The tally of runs that visit these states. */
function tallyOf(runs: readonly (readonly number[])[]) {
  const visits = new Visits();
  for (const [i, states] of runs.entries()) for (const state of states) visits.note(state, i + 1);
  return visits.tally();
}

test('a state counts once for each run that visits it', () => {
  const tally = tallyOf([[1, 2, 1], [2, 3], [2, 3, 3000], [2]]);
  expect(tally).toMatchObject({ states: 4, once: 2, twice: 1, pairSquares: 1 });
  expect([...tally.byRun]).toEqual([
    [1, [1, 0, 0]],
    [2, [0, 1, 0]],
    [3, [1, 1, 0]],
  ]);
});

test('a run sees the states that it visits, and their successors', () => {
  const random = new RandomSource(1);
  for (let round = 0; round < 200; round++) {
    const runs = Array.from({ length: 1 + random.below(6) }, () =>
      Array.from({ length: 1 + random.below(4) }, () => random.below(8)),
    );
    const next = Array.from({ length: 8 }, () =>
      Array.from({ length: random.below(4) }, () => random.below(600)),
    );
    const visits = new Visits();
    for (const [i, states] of runs.entries()) for (const at of states) visits.note(at, i + 1);
    const ends = next.map((_, i) => next.slice(0, i + 1).flat().length);
    const begins = ends.map((end, i) => end - (next[i]?.length ?? 0));
    const begin = new Int32Array(begins);
    const [end, target] = [new Int32Array(ends), new Int32Array(next.flat())];
    const seen = runs.map((states) => states.flatMap((at) => [at, ...(next[at] ?? [])]));
    const { byRun, ...all } = visits.withSuccessors({ begin, end, target }).tally();
    const { byRun: wanted, ...rest } = tallyOf(seen);
    expect(all).toEqual(rest);
    expect(new Map([...byRun].sort())).toEqual(new Map([...wanted].sort()));
  }
});

test('where no state was visited by one run alone, the bound is what was visited', () => {
  const all = Array.from({ length: 40 }, () => [0, 1, 2]);
  expect(richnessBound(40, tallyOf(all)).states).toBe(3);
  expect(richnessBound(0, tallyOf([])).states).toBe(0);
});

test('of few runs nothing is concluded', () => {
  expect(richnessBound(2, tallyOf([[1, 2, 3], [4]])).states).toBe(4);
});
