import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { check, permutations, product, SpecError, spec, subsets } from '../../src/index.ts';

const few = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 6 });

test('a product has each combination of values once', () => {
  const lists = fc.record({ a: few, b: few, c: few });
  fc.assert(
    fc.property(lists, (given) => {
      const made = product(given);
      expect(new Set(made.map((record) => JSON.stringify(record))).size).toBe(made.length);
      expect(made.length).toBe(given.a.length * given.b.length * given.c.length);
      for (const { a, b, c } of made) {
        expect([given.a.includes(a), given.b.includes(b), given.c.includes(c)]).toEqual([
          true,
          true,
          true,
        ]);
      }
    }),
  );
});

test('a product has the types of its values', () => {
  const [first] = product({ lock: ['none', 'both'], n: [1, 2] });
  expectTypeOf(first).toEqualTypeOf<{ lock: 'none' | 'both'; n: 1 | 2 } | undefined>();
  expect(product({ lock: ['none', 'both'], n: [1, 2] })).toEqual([
    { lock: 'none', n: 1 },
    { lock: 'none', n: 2 },
    { lock: 'both', n: 1 },
    { lock: 'both', n: 2 },
  ]);
});

test('subsets are those that the bits of all numbers choose', () => {
  fc.assert(
    fc.property(few, fc.nat({ max: 6 }), fc.nat({ max: 6 }), (items, atLeast, atMost) => {
      const all = Array.from({ length: 2 ** items.length }, (_, bits) =>
        items.filter((_item, i) => (bits & (1 << i)) !== 0),
      ).filter(({ length }) => length >= atLeast && length <= atMost);
      const texts = (lists: readonly (readonly number[])[]) => lists.map(String).sort();
      expect(texts(subsets(items, { atLeast, atMost }))).toEqual(texts(all));
    }),
  );
  expect(subsets(['a', 'b'])).toEqual([[], ['a'], ['b'], ['a', 'b']]);
});

test('permutations are all orders, each once', () => {
  fc.assert(
    fc.property(few, (items) => {
      const made = permutations(items);
      const sorted = items.toSorted((a, b) => a - b);
      expect(
        made.every((order) => String(order.toSorted((a, b) => a - b)) === String(sorted)),
      ).toBe(true);
      expect(new Set(made.map(String)).size).toBe(made.length);
      expect(made.length).toBe(items.reduce((count, _, i) => count * (i + 1), 1));
    }),
  );
});

test.each([
  [
    'a product',
    () => product({ a: Array(400).fill(0), b: Array(400).fill(0) }),
    'product: it would make 160000',
  ],
  ['subsets', () => subsets(Array(40).fill(0)), 'subsets: it would make 1099511627776'],
  ['permutations', () => permutations(Array(12).fill(0)), 'permutations: it would make 479001600'],
])('%s of too many values is refused before it is made', (_what, make, said) => {
  expect(make).toThrow(SpecError);
  expect(make).toThrow(said);
});

test('a system begins in each record of a product, and a step picks a subset', () => {
  const world = spec<{ a: number; b: boolean; held: string[] }>();
  const scenario = world.scenario({
    name: 'made',
    about: 'Initial states and options that are put together.',
    system: () => ({
      init: () => product({ a: [1, 2, 3], b: [true, false], held: [[]] as string[][] }),
      actions: [
        world.action({
          name: 'hold',
          do(state, pick) {
            state.held = pick('held', subsets(['x', 'y', 'z'], { atMost: 2 }));
          },
        }),
      ],
      final: 'anywhere',
    }),
  });
  // Six ways to begin, and seven subsets to hold.
  expect(check(scenario).states).toBe(6 * 7);
});
