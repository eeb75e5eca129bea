import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/checker/explain/explain.ts';
import { type CheckOptions, check, type Scenario, type System, spec } from '../../../src/index.ts';
import type { WhyRecord } from '../../../src/report/document.ts';
import { furtherSentences, whyRecord } from '../../../src/report/why-text.ts';
import { encryptorSkipsCount } from '../../../src/scenarios/candidates/encryptor-skips-count.ts';
import { seedRace } from '../../../src/scenarios/proofs-of-concept/seed-race.ts';
import { twoLocks } from '../../report/samples.ts';

/** Why the first property that is violated is. */
function whyOf(scenario: Scenario, options: CheckOptions = {}): WhyRecord {
  const { properties, parameters } = check(scenario, options);
  const property = properties.find(({ verdict }) => verdict === 'violated');
  if (property?.trace === undefined) throw new Error('the scenario violates nothing');
  const asked = { parameters, smallerStatesMax: 0 };
  const explanation = explain(scenario, property, property.trace, asked);
  if (explanation === undefined) throw new Error('it is a safety property');
  return whyRecord(explanation, parameters);
}

interface Shop {
  left: number;
  sold: number;
  a: number;
  b: number;
  torn: boolean;
}

const shop = spec<Shop>();

type Processes = NonNullable<System<Shop>['processes']>;

function shopOf(processes: Processes): Scenario {
  return shop.scenario({
    name: 'shop',
    about: 'Buyers, and readers of two values that belong together.',
    system: () => ({
      init: () => ({ left: 1, sold: 0, a: 0, b: 0, torn: false }),
      processes,
      final: 'anywhere',
      properties: [shop.always('all is well', ({ sold, torn }) => sold <= 1 && !torn)],
    }),
  });
}

const buy = shop.flow({
  name: 'buy',
  vars: () => ({ seen: 0 }),
  steps: {
    look(state, self) {
      self.seen = state.left;
    },
    pay(state, self) {
      if (self.seen === 0) return;
      state.left -= 1;
      state.sold += 1;
    },
  },
});
const look = shop.flow({
  name: 'look',
  vars: () => ({ one: 0, other: 0 }),
  steps: {
    one(state, self) {
      self.one = state.a;
    },
    other(state, self) {
      self.other = state.b;
    },
    compare(state, self) {
      if (self.one !== self.other) state.torn = true;
    },
  },
});
const update = shop.flow({
  name: 'update',
  steps: {
    first(state) {
      state.a = 1;
    },
    second(state) {
      state.b = 1;
    },
  },
});

describe('a reason', () => {
  test('S45: a reason speaks of all runs only if it is true of all, and of some processes only if it is true of those', () => {
    expect(whyOf(shopOf({ a: buy.start(), b: buy.start() })).sentences).toEqual([
      'a.look (step 1) read left before b.pay (step 3) changed it; in every run with step 3 before step 1, the property holds',
    ]);
    // A third buyer can be the one that pays: a claim about two buyers is not true of all.
    const three = whyOf(shopOf({ a: buy.start(), b: buy.start(), c: buy.start() }));
    expect(three.sentences).toEqual([
      'a.look (step 1) read left before b.pay (step 3) changed it; in every run of a and b alone with step 3 before step 1, the property holds',
    ]);
    expect(three.reasons).toEqual([
      {
        kind: 'order',
        steps: [1, 3],
        text: three.sentences[0],
        meaning:
          'All runs, of any length, from every initial state of the scenario, in which only a, b take steps, in which the first b.pay comes before the first a.look, or is taken while that one never is: each of them was searched, and the property fails in none.',
        only: ['a', 'b'],
      },
    ]);
  });

  test('a reason is that operations overlap, where no order of two steps is enough', () => {
    expect(whyOf(shopOf({ r: look.start(), w: update.start() })).sentences).toEqual([
      'in every run in which w and r do not overlap, the property holds',
    ]);
  });

  test('a reason is a fault, or a pick, without which every run keeps the property', () => {
    expect(whyOf(encryptorSkipsCount).sentences).toEqual([
      'in every run without fault.encryptor-error[of=attach/n-cpu] (step 36), the property holds',
    ]);
    expect(whyOf(twoLocks, { parameters: { order: 'same', limit: 10 } }).sentences).toEqual([
      'in every run without p1.write[size=20] and p2.write[size=20] (step 3), the property holds',
    ]);
  });

  test('a reason that follows from another by swapping processes of one flow, or by their order, is left out', () => {
    const { races, reasons = [] } = whyOf(seedRace);
    expect(races.map(({ first, second }) => [first, second])).toEqual([
      [2, 4],
      [5, 7],
    ]);
    expect(reasons.map(({ kind }) => kind)).toEqual(['order', 'order']);
  });

  test('a report shows three reasons first, and the others on demand', () => {
    const why = whyOf(encryptorSkipsCount);
    const reason = why.reasons?.[0];
    if (reason === undefined) throw new Error('it has a reason');
    const texts = ['one', 'two', 'three', 'four'];
    const record = {
      ...why,
      reasons: texts.map((text) => ({ ...reason, text })),
      sentences: texts.slice(0, 3),
    };
    expect(furtherSentences(record)).toEqual(['four']);
  });
});
