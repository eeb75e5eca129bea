import type { Immutable } from 'immer';
import { expect, expectTypeOf, test } from 'vitest';
import { unfairnessOf } from '../../src/checker/liveness/unfair.ts';
import {
  check,
  type Fairness,
  replay,
  type Scenario,
  spec,
  stronglyFair,
  weaklyFair,
} from '../../src/index.ts';

interface Pool {
  holder: 'ann' | 'bob' | null;
  served: { ann: boolean; bob: boolean };
}

const pool = spec<Pool>();

/** One action for both clients: who is served is a choice. */
const serve = pool.action({
  name: 'serve',
  when: ({ holder }) => holder === null,
  do: (state, pick) => {
    const who = pick('who', ['ann', 'bob'] as const);
    state.holder = who;
    state.served[who] = true;
  },
});

const giveBack = pool.action({
  name: 'give_back',
  when: ({ holder }) => holder !== null,
  do: (state) => {
    state.holder = null;
  },
});

const pooled = (...fairness: readonly (readonly Fairness[])[]): Scenario =>
  pool.scenario({
    name: 'pool',
    about: 'Two clients share what one action hands out.',
    system: () => ({
      init: () => ({ holder: null, served: { ann: false, bob: false } }),
      actions: [serve, giveBack],
      fairness,
      properties: [
        pool.infinitelyOften('it is given back', ({ holder }) => holder === null),
        pool.eventually('bob is served', ({ served }) => served.bob),
      ],
    }),
  });

const verdicts = (scenario: Scenario) =>
  check(scenario)
    .properties.slice(0, 2)
    .map(({ verdict }) => verdict);

test('fairness of a choice of an action demands that option, which fairness of the action does not', () => {
  const back = weaklyFair(giveBack);
  const serves = stronglyFair(serve);
  const servesBob = stronglyFair(serve, (_before, { picks }) => picks['who'] === 'bob');
  const servesAnn = stronglyFair(serve, (_before, { picks }) => picks['who'] === 'ann');
  expect(verdicts(pooled(back))).toEqual(['holds', 'violated']);
  expect(verdicts(pooled(back, serves))).toEqual(['holds', 'violated']);
  expect(verdicts(pooled(back, servesAnn))).toEqual(['holds', 'violated']);
  expect(verdicts(pooled(back, servesBob))).toEqual(['holds', 'holds']);
});

test('fairness under a condition demands steps only where the condition is true', () => {
  const servesBob = stronglyFair(serve, (_before, { picks }) => picks['who'] === 'bob');
  const fromAnn = weaklyFair(giveBack, function fromAnn({ holder }) {
    return holder === 'ann';
  });
  // Bob need not give it back, but then he was served.
  expect(verdicts(pooled(fromAnn, servesBob))).toEqual(['violated', 'holds']);
  const { ledger } = check(pooled(fromAnn, servesBob));
  expect(ledger.fairness).toEqual([
    { condition: 'weak fairness of give_back where fromAnn', vacuous: false },
    { condition: 'strong fairness of serve where its condition is true', vacuous: false },
  ]);
});

test('a condition that no step fulfils is vacuous', () => {
  const never = weaklyFair(serve, () => false);
  expect(check(pooled(never)).ledger.fairness[0]?.vacuous).toBe(true);
});

test('a run is unfair by the condition that the search has', () => {
  const scenario = pooled(
    weaklyFair(giveBack),
    stronglyFair(serve, (_before, { picks }) => picks['who'] === 'bob'),
  );
  const twice = ['serve[who=ann]', 'give_back', 'serve[who=ann]', 'give_back'];
  // The first round changes what was served, so the second one is repeated.
  const loop = replay(scenario, twice, { loopsTo: 2 });
  expect(unfairnessOf(scenario, loop)).toBe('strong fairness of serve where its condition is true');
});

test.each([
  ['a question about a state', [{ kind: 'weak', unit: 'processes', where: 3 }], 'its `where` is 3'],
  [
    'a test without an answer',
    weaklyFair(serve, (() => undefined) as never),
    'fairness, where: a guard or property answered undefined',
  ],
])('%s is refused as a condition of fairness', (_what, fairness, message) => {
  expect(() => check(pooled(fairness as readonly Fairness[]))).toThrow(message);
});

test('a condition after several units is refused', () => {
  expect(() => weaklyFair(serve, giveBack, (() => true) as never)).toThrow(
    'a condition belongs to one unit, and follows it',
  );
});

test('a condition sees the state of its action, and misspelt fields do not compile', () => {
  weaklyFair(serve, (before, { label }, after) => {
    expectTypeOf(before).toEqualTypeOf<Immutable<Pool>>();
    expectTypeOf(label).toEqualTypeOf<string>();
    // @ts-expect-error: the field is called holder
    return after.holdr === null;
  });
  pool.stronglyFair('processes', (before) => before.holder === null);
  // @ts-expect-error: 'procesess' is no unit
  pool.stronglyFair('procesess', () => true);
});
