import { expect, test } from 'vitest';
import { check, type Property, simulate, spec, weaklyFair } from '../../src/index.ts';
import { warningsOf } from '../../src/report/warnings.ts';
import { ask, orders, type Store, store } from './ledger-store.ts';

const vacuous = (...properties: readonly Property<Store>[]) =>
  orders.map((order) => check(ask(...properties), { order }).ledger.vacuous);

const never = 'its premise never held';

const empty = "'guests' never had an entry";

test.each<[string, Property<Store>, string | undefined]>([
  [
    'when its premise never holds',
    store.always(
      'p',
      store.given(
        ({ count }) => count === 7,
        () => false,
      ),
    ),
    never,
  ],
  [
    'not when its premise holds once',
    store.always(
      'p',
      store.given(
        ({ count }) => count === 2,
        () => true,
      ),
    ),
    undefined,
  ],
  [
    'when its table is empty',
    store.always(
      'p',
      store.every('guests', () => false),
    ),
    empty,
  ],
  [
    'when the table of one of its parts is empty',
    store.always('p', store.all({ one: store.every('guests', () => false), two: () => true })),
    empty,
  ],
  [
    'when what must never be there has no table to be in',
    store.never(
      'p',
      store.some('guests', () => true),
    ),
    empty,
  ],
  [
    'not when its table has an entry that is gone at the end',
    store.always(
      'p',
      store.every('volumes', () => true),
    ),
    undefined,
  ],
  [
    'when what should lead to something never happens',
    store.leadsTo(
      'p',
      ({ count }) => count === 7,
      () => false,
    ),
    never,
  ],
  [
    'not when it happens and is answered at once',
    store.leadsTo(
      'p',
      ({ count }) => count === 2,
      () => true,
    ),
    undefined,
  ],
  [
    'when nothing is there that could wait',
    store.eachLeadsTo(
      'p',
      'guests',
      () => true,
      () => false,
    ),
    never,
  ],
  [
    'when nothing that is there waits',
    store.eachLeadsTo(
      'p',
      'volumes',
      ({ status }) => status === 'error',
      () => false,
    ),
    never,
  ],
  [
    'not when an entry waits until it is gone',
    store.eachLeadsTo(
      'p',
      'volumes',
      ({ status }) => status === 'in-use',
      () => false,
    ),
    undefined,
  ],
  [
    'when no step changes an entry of its table',
    store.step(
      'p',
      store.everyChanged('guests', () => false),
    ),
    "no step changes an entry of 'guests'",
  ],
  [
    'not when a step changes an entry of its table',
    store.step('p', store.all({ of: store.everyChanged('volumes', () => true), too: () => true })),
    undefined,
  ],
  [
    'when the table that it asks after a step is empty',
    store.step('p', store.after(store.every('guests', () => false))),
    empty,
  ],
  [
    'when the step that it asks for changes no entry of its table',
    store.reachable('p', { step: store.everyChanged('guests', () => false) }),
    "the step changes no entry of 'guests'",
  ],
  [
    'not when the step that it asks for changes an entry of its table',
    store.reachable('p', {
      step: store.everyChanged('volumes', (before) => before?.status === 'available'),
    }),
    undefined,
  ],
])('a property is vacuous %s', (_name, property, reason) => {
  const found = reason === undefined ? [] : [{ property: 'p', reason }];
  expect(vacuous(property)).toEqual([found, found]);
  expect(check(ask(property)).properties[0]?.verdict).toBe('holds');
});

test('a property is vacuous only if it holds: a violated property was asked about something', () => {
  const violated = store.leadsTo(
    'p',
    ({ count }) => count === 2,
    () => false,
  );
  expect(vacuous(violated)).toEqual([[], []]);
});

interface Count {
  readonly n: number;
}
const counter = spec<{ n: number }>();
const late = counter.action({ name: 'late', when: ({ n }) => n > 20, do() {} });

/** A counter that nothing stops, with an action that is enabled after 20 steps. */
const counting = (system: { readonly within?: (state: Count) => boolean }) =>
  counter.scenario({
    name: 'counting',
    about: 'A counter.',
    system: () => ({
      init: () => ({ n: 0 }),
      actions: [
        counter.action({
          name: 'count',
          when: ({ n }) => n < 30,
          do: (state) => {
            state.n += 1;
          },
        }),
        late,
      ],
      final: 'anywhere',
      fairness: weaklyFair(late),
      properties: [
        counter.eventually('it is counted', ({ n }) => n === 1),
        counter.always(
          'p',
          counter.given(
            ({ n }) => n > 20,
            () => true,
          ),
        ),
      ],
      ...system,
    }),
  });

test('a search that was cut calls no fairness vacuous, because it may have missed the steps', () => {
  const fairness = [{ condition: 'weak fairness of late', vacuous: false }];
  expect(check(counting({}), { statesMax: 10 }).ledger.fairness).toEqual(fairness);
  expect(check(counting({ within: ({ n }) => n < 10 })).ledger.fairness).toEqual(fairness);
  const { verdict, ledger } = simulate(counting({}), { runs: 3, depth: 5 });
  expect([verdict, ledger.fairness]).toEqual(['violated', fairness]);
});

test('within a constraint a property is called vacuous within the constraint only', () => {
  const text = warningsOf(check(counting({ within: ({ n }) => n < 10 }))).join('\n');
  expect(text).toContain("vacuous within the constraint: 'p': its premise never held");
});
