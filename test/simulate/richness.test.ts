import { expect, test } from 'vitest';
import { check, type Scenario, simulate } from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
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
  ['the race, 2 and 2', seedRace, { attaches: 2, detaches: 2 }, 782, 50],
  ['the race with a lock', seedRace, { attaches: 2, detaches: 2, lock: 'both' }, 112, 30],
];

test.each(spaces)('of %s the lower bound is below the truth for 95 of 100 seeds', (...space) => {
  const [, scenario, parameters, states, runs] = space;
  expect(check(scenario, { parameters }).states).toBe(states);
  let below = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { simulated } = simulate(scenario, { parameters, runs, seed, shorteningStatesMax: 1 });
    const { visited = 0, atLeast } = simulated?.coverage ?? {};
    expect(atLeast?.states).toBeGreaterThanOrEqual(visited);
    if ((atLeast?.states ?? Number.POSITIVE_INFINITY) <= states) below += 1;
  }
  expect(below).toBeGreaterThanOrEqual(95);
});

test('the estimate is Chao2 in its form without bias', () => {
  // 26 species in one of 121 samples and 12 in two: 26 × 25 / (2 × 13) × 120 / 121.
  expect(unseenOf(121, 26, 12)).toBeCloseTo(24.79, 2);
});

/** The tally of runs that visit these states. */
function tallyOf(runs: readonly (readonly number[])[]) {
  const visits = new Visits();
  for (const [i, states] of runs.entries()) for (const state of states) visits.note(state, i + 1);
  return visits.tally();
}

test('a state counts once for each run that visits it', () => {
  const tally = tallyOf([[1, 2, 1], [2, 3], [2, 3, 3000], [2]]);
  expect(tally).toMatchObject({ states: 4, once: 2, twice: 1 });
  expect([...tally.byRun]).toEqual([
    [1, [1, 0, 0]],
    [2, [0, 1, 0]],
    [3, [1, 1, 0]],
  ]);
});

test('where no state was visited by one run alone, the bound is what was visited', () => {
  const all = Array.from({ length: 40 }, () => [0, 1, 2]);
  expect(richnessBound(40, tallyOf(all)).states).toBe(3);
  expect(richnessBound(0, tallyOf([])).states).toBe(0);
});

test('of few runs nothing is concluded', () => {
  expect(richnessBound(2, tallyOf([[1, 2, 3], [4]])).states).toBe(4);
});
