import { expect, test } from 'vitest';
import { check, type Property } from '../../src/index.ts';
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
