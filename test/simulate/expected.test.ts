import { expect, test } from 'vitest';
import { check, type Scenario, simulate } from '../../src/index.ts';
import { detour } from './detour.ts';

/** The seed of a simulation of one run that goes the long way. */
function longWay(scenario: Scenario): number {
  for (let seed = 1; ; seed++) {
    const { simulated } = simulate(scenario, { runs: 1, seed });
    if (simulated?.found['nine is reached']?.steps === 4) return seed;
  }
}

test('the length that a simulation compares with the expectation is that of the run it shows', () => {
  const scenario = detour({ expected: 2 });
  const seed = longWay(scenario);
  const { properties, asExpected, mismatches } = simulate(scenario, { runs: 1, seed });
  expect(properties[0]?.trace?.steps).toHaveLength(2);
  expect({ asExpected, mismatches }).toEqual({ asExpected: undefined, mismatches: [] });
});

test.each([
  [3, 'another length than that of a shortest counterexample'],
  [1, 'fewer steps than a shortest counterexample has'],
])('a simulation contradicts an expectation of %i steps: %s', (expected) => {
  const scenario = detour({ expected });
  const { mismatches } = simulate(scenario, { runs: 20, seed: 1 });
  expect(mismatches).toEqual(check(scenario).mismatches);
  expect(mismatches).toEqual([
    `'nine is reached': expected a counterexample of ${expected} steps, found 2`,
  ]);
});

test('a counterexample that may be longer than needed contradicts no shorter expectation', () => {
  const scenario = detour({ expected: 2 });
  const options = { runs: 1, seed: longWay(scenario), shorteningStatesMax: 0 };
  const { simulated, mismatches } = simulate(scenario, options);
  expect(simulated?.found['nine is reached']?.minimal).toBe('locally');
  expect(mismatches).toEqual([]);
});

test('a violation in any of the initial states is the shortest there is', () => {
  for (const start of [[9], [0, 9], [0, 1, 9, 2]]) {
    const { properties, simulated } = simulate(detour({ expected: 0, start }), { runs: 3 });
    expect(properties[0]?.trace?.initIndex).toBe(start.indexOf(9));
    expect(simulated?.found['nine is reached']).toMatchObject({ steps: 0, minimal: 'shortest' });
  }
});
