import { expect, test } from 'vitest';
import { type Scenario, simulate, spec } from '../../src/index.ts';

const race = spec<{ readonly at: { [pid: string]: number } }>();
const LENGTH = 20;

/** Two processes count to twenty. The property fails where one is so far and the other so far. */
const counting = (first: number, second: number): Scenario => {
  const count = race.flow({
    name: 'count',
    steps: {
      next(state, self) {
        const at = (state.at[self.pid] ?? 0) + 1;
        state.at[self.pid] = at;
        return at === LENGTH ? 'done' : 'next';
      },
    },
  });
  return race.scenario({
    name: 'counting',
    about: 'Two processes count.',
    system: () => ({
      init: () => ({ at: { a: 0, b: 0 } }),
      processes: { a: count.start(), b: count.start() },
      properties: [
        race.never('they are there', ({ at }) => at['a'] === first && at['b'] === second),
      ],
    }),
  });
};

/** The share of seeds with which one of the runs of the strategy finds the violation. */
function shareFound(scenario: Scenario, pctDepth: number, runs: number): number {
  let found = 0;
  for (let seed = 0; seed < 100; seed++) {
    const options = { strategy: 'pct', pctDepth, runs: 100 + runs, seed } as const;
    const by = simulate(scenario, options).simulated?.found['they are there'];
    if ((by?.run ?? 0) > 100) found += 1;
  }
  return found / 100;
}

test('a violation of depth 1 is found as often as the published bound promises', () => {
  const { simulated } = simulate(counting(0, LENGTH), { strategy: 'pct', pctDepth: 1, runs: 101 });
  expect(simulated?.pct).toMatchObject({ actors: 2, steps: 40, probability: 1 / 2, runsLonger: 0 });
  // Four standard deviations below a half.
  expect(shareFound(counting(0, LENGTH), 1, 1)).toBeGreaterThan(0.5 - 4 * Math.sqrt(0.25 / 100));
});

test('a violation of depth 2 is found as often as the published bound promises', () => {
  const runs = 80;
  const { simulated } = simulate(counting(0, LENGTH), { strategy: 'pct', pctDepth: 2, runs: 101 });
  expect(simulated?.pct?.probability).toBe(1 / (2 * 40));
  const promised = 1 - (1 - 1 / (2 * 40)) ** runs;
  const least = promised - 4 * Math.sqrt((promised * (1 - promised)) / 100);
  // A random run gets there 1 time in 100,000.
  expect(shareFound(counting(1, LENGTH), 2, runs)).toBeGreaterThan(least);
});
