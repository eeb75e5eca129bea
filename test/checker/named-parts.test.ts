import { expect, test } from 'vitest';
import { check, type Property } from '../../src/index.ts';
import { ask, filling, orders, type Store, spill, store } from './ledger-store.ts';

const partOf = (property: Property<Store>) =>
  orders.map((order) => check(ask(property), { order }).properties[0]?.failingPart);

test.each<[string, Property<Store>, string | undefined]>([
  ['a test alone has none', store.always('p', ({ count }) => count < 2), undefined],
  [
    'the entry',
    store.always(
      'p',
      store.every('volumes', ({ status }) => status !== 'in-use'),
    ),
    'volumes.v1',
  ],
  [
    'the question and the entry',
    store.always(
      'p',
      store.every('volumes', 'is free', ({ status }) => status !== 'in-use'),
    ),
    'is free (volumes.v1)',
  ],
  [
    'the part of several',
    store.always(
      'p',
      store.all({ 'few are there': () => true, 'it is small': ({ count }) => count < 2 }),
    ),
    'it is small',
  ],
  [
    'the part of a part, and the entry',
    store.always(
      'p',
      store.all({
        outside: ({ count }) => count < 9,
        inside: store.all({
          'of volumes': store.every('volumes', 'is free', ({ status }) => status !== 'in-use'),
        }),
      }),
    ),
    'inside: of volumes: is free (volumes.v1)',
  ],
  [
    'the entry that must not be',
    store.never(
      'p',
      store.some('volumes', ({ status }) => status === 'in-use'),
    ),
    'volumes.v1',
  ],
  [
    'the entry that waits for ever',
    store.eachLeadsTo(
      'p',
      'guests',
      () => true,
      () => false,
    ),
    'guests.g1',
  ],
])('a property with named parts names the failing part: %s', (_name, property, part) => {
  const scenario = filling({ properties: [property], faults: [spill] });
  for (const order of orders) {
    expect(check(scenario, { order }).properties[0]).toMatchObject({
      verdict: 'violated',
      ...(part === undefined ? {} : { failingPart: part }),
    });
  }
  if (part === undefined) expect(partOf(property)).toEqual([undefined, undefined]);
});
