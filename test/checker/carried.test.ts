import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckOptions } from '../../src/checker/result/options.ts';
import { type Scenario, Search } from '../../src/index.ts';
import { petersonMutex } from '../oracles/peterson.ts';
import { philosophers } from '../oracles/philosophers.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';
import { net, netScenario } from './net-model.ts';
import { smallModel } from './small-arbitrary.ts';
import { scenarioOf } from './small-scenario.ts';

/** The number of models of each kind: any number with RACEWRIGHT_RUNS. */
const most = Number(process.env['RACEWRIGHT_RUNS'] ?? '400');
/** Larger models say no more. */
const statesMax = 3_000;

/** The results of a search, without its cost. */
function known(scenario: Scenario, options: CheckOptions) {
  const search = new Search(scenario, { statesMax, ...options });
  while (!search.advance(7)); // an odd number, so that pauses fall everywhere
  const { cost: _, ledger, ...result } = search.result();
  const { selfChecks: __, withoutKernel, ...rest } = ledger;
  const { visited, counters } = search.underWay;
  seen.states += counters.kernel.states;
  seen.left += withoutKernel === undefined ? 0 : 1;
  return {
    result,
    ledger: rest,
    levels: search.profile().levels,
    states: [...search.states()],
    parents: [...visited.parent.subarray(0, visited.count)],
  };
}

/** In JavaScript, with a kernel from the first state on, and with one that soon has no room. */
const ways: readonly CheckOptions[] = [
  { kernel: 'off' },
  { kernel: { from: 0, runMin: 1, judgesAfter: 1 } },
  { kernel: { from: 3, runMin: 2, judgesAfter: 2, pagesMax: 5 } },
  { kernel: { from: 1, runMin: 1, judgesAfter: 1 } },
  { kernel: { from: 0, runMin: 2, judgesAfter: 1, pagesMax: 6 } },
];

/** Whether the kernel was called at all, and whether it was left for want of room. */
const seen = { states: 0, left: 0 };

function expectSame(scenario: Scenario, options: CheckOptions = {}): void {
  const all = known(scenario, { ...options, lookups: 'all', memo: 'always' });
  // Each model is searched in one of these ways, so that all of them get some hundred models.
  const way = ways[all.states.length % ways.length];
  const other = known(scenario, { ...options, ...way });
  // Where plain tables are given at once, entries that never exist are asked for unseen.
  if (options.memo === 'sometimes') expect(withoutNames(other)).toEqual(withoutNames(all));
  else expect(other).toEqual(all);
}

/** Without the entries that never exist, of which the ledger and the steps of traces tell. */
function withoutNames(found: ReturnType<typeof known>): unknown {
  const text = JSON.stringify(found, (key, value) =>
    key === 'neverFound' || key === 'reads' ? undefined : value,
  );
  return JSON.parse(text);
}

const memo = fc.constantFrom<CheckOptions>({}, { memo: 'sometimes' }, { memo: 'off' });
const bound = fc.constantFrom<CheckOptions>(
  {},
  {},
  { statesMax: 5 },
  { statesMax: 40 },
  { stopAtViolation: true },
  { deadlock: 'stuttering' },
  { counterexamples: 3 },
);

describe('a search that looks up only what may be new, whatever it remembers', () => {
  test('a search that looks up only possibly new states has the states, numbers, parents, levels and counts of one that looks up all, on nets of actors', () => {
    fc.assert(
      fc.property(net, bound, memo, (one, options, memo) =>
        expectSame(netScenario(one), { ...options, ...memo }),
      ),
      { numRuns: most },
    );
  });

  test('a search that looks up only possibly new states has the same results on small models with processes that come and go', () => {
    fc.assert(
      fc.property(smallModel, bound, memo, (one, options, memo) =>
        expectSame(scenarioOf(one), { ...options, ...memo }),
      ),
      { numRuns: most },
    );
  });

  test.each([
    { scenario: twoPhaseCommit, parameters: { rms: 5 } },
    { scenario: philosophers, parameters: { seats: 6, forks: 'same' } },
    { scenario: petersonMutex, parameters: {} },
  ])(
    'a search that looks up only possibly new states has the same results on $scenario.name',
    ({ scenario, parameters }) => {
      expectSame(scenario, { parameters, statesMax: 100_000 });
    },
  );

  test('a search that looks up only possibly new states counts its records of waiting states as memory', () => {
    const statesOf = (options: CheckOptions) => {
      const search = new Search(twoPhaseCommit, {
        parameters: { rms: 6 },
        memoryMaxBytes: 500_000,
        ...options,
      }).run();
      expect(search.result().stopReason).toBe('memory_max');
      return search.progress().states;
    };
    expect(statesOf({})).toBeLessThan(statesOf({ lookups: 'all' }));
  });

  test('a search that looks up only possibly new states makes fewer than a third of the look-ups on two-phase commit', () => {
    const lookupsOf = (lookups: CheckOptions['lookups']) => {
      const options = { parameters: { rms: 5 }, ...(lookups === undefined ? {} : { lookups }) };
      return new Search(twoPhaseCommit, options).run().underWay.visited.lookups;
    };
    expect(lookupsOf(undefined)).toBeLessThan(lookupsOf('all') / 3);
  });
});

test('the kernel searched the models of these tests, and some outgrew its memory', () => {
  expect(seen.states).toBeGreaterThan(1_000);
  expect(seen.left).toBeGreaterThan(0);
});
