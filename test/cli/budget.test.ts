import { expect, test } from 'vitest';
import type { Outcome } from '../../src/cli/searching/run-one.ts';
import type { Searched, SearchOptions } from '../../src/cli/searching/search-run.ts';
import { withinBudget } from '../../src/cli/searching/within-budget.ts';
import { check, spec } from '../../src/index.ts';
import { makePlace } from './run.ts';

const counting = spec<{ n: number }>();
const scenario = counting.scenario({
  name: 'counts',
  about: 'Counts.',
  system: () => ({
    init: () => ({ n: 0 }),
    final: 'anywhere',
    properties: [counting.always('zero', ({ n }) => n === 0)],
  }),
});

/** Runs jobs that need so many seconds each, by a clock that only they move. */
async function decided(needs: readonly number[], seconds: number, own?: number) {
  const result = check(scenario);
  const shares: number[][] = needs.map(() => []);
  const jobs = needs.map((need, i) => ({ scenario, point: {}, need, i }));
  const optionsOf = (): SearchOptions => (own === undefined ? {} : { secondsMax: own });
  const run = (asked: object, options: () => SearchOptions): Promise<Outcome> => {
    const { need, i } = asked as (typeof jobs)[number];
    const { secondsMax = 0 } = options();
    shares[i]?.push(secondsMax);
    const cut = secondsMax < need ? { stopReason: 'time_max' as const } : {};
    const searched: Searched = { result: { ...result, ...cut }, seconds: 0, slotsRead: new Set() };
    return Promise.resolve({ searched });
  };
  const order: number[] = [];
  const stop = { requested: false };
  for await (const { job } of withinBudget(jobs, optionsOf, { run, stop, seconds })) {
    order.push(job.i);
  }
  return { order, shares };
}

test('each point gets a share of the budget, and those that are cut off come last', async () => {
  const { order, shares } = await decided([1, 1e6, 1], 3_000);
  expect(order).toEqual([0, 2, 1]);
  expect(shares[0]?.[0]).toBeCloseTo(1_000, -1);
  expect(shares[1]?.[1]).toBeGreaterThan(2_500);
});

test('a point that its own bound cuts off is not searched again', async () => {
  const { order, shares } = await decided([1e6, 1], 3_000, 5);
  expect(order).toEqual([0, 1]);
  expect(shares).toEqual([[5], [5]]);
});

test('a budget that is used up still reports every point', async () => {
  const { order } = await decided([1e6, 1e6, 1e6], 0.03);
  expect([...order].sort()).toEqual([0, 1, 2]);
});

test('--budget says what was decided, and names what grows in what was not', () => {
  const place = makePlace();
  const text = (name: string, guard: string): string => `
export const ${name} = counting.scenario({
  name: '${name}', about: 'Counts.',
  system: () => ({
    init: () => ({ n: 0 }), final: 'anywhere',
    actions: [counting.action({ name: 'count', ${guard} do: (state) => { state.n += 1; } })],
    properties: [counting.always('whole', ({ n }) => Number.isInteger(n))],
  }),
});`;
  place.write({
    'two.ts': `import { spec } from 'racewright';
const counting = spec<{ n: number }>();
${text('endless', '')}${text('ends', 'when: ({ n }) => n < 3,')}`,
  });
  const output = place.run('check', 'two.ts', '--budget', '4s');
  expect(output).toContain('budget of 4.0 s: 1 of 2 points decided');
  expect(output).toMatch(/not decided: endless: .*; n growing/);
  expect(output).toContain('growing with every level: n: the search may have no end');
  expect(output).toContain('next: bound n in the model');
  expect(output).toContain('exit 3');
  expect(place.run('check', 'two.ts', '--budget', 'soon')).toMatch(/Expected seconds[\s\S]*exit 2/);
});
