import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Layout } from '../../src/checker/state/layout.ts';
import { repackWords } from '../../src/checker/state/repack.ts';

/** Places that each need some bits, at random, in words of 32 bits without an overlap. */
function layoutOf(bits: readonly number[], order: readonly number[], from: number): Layout {
  const layout = new Layout();
  layout.grow(bits.length);
  let word = 0;
  let used = from;
  for (const slot of order) {
    const need = bits[slot] as number;
    if (used + need > 32) {
      word += 1;
      used = 0;
    }
    layout.word[slot] = word;
    layout.shift[slot] = used;
    layout.mask[slot] = 2 ** need - 1;
    used += need;
  }
  layout.width = word + 1;
  return layout;
}

const read = (words: Int32Array, state: number, { width, word, shift, mask }: Layout, n: number) =>
  Array.from(
    { length: n },
    (_, slot) =>
      ((words[state * width + (word[slot] as number)] as number) >>> (shift[slot] as number)) &
      (mask[slot] as number),
  );

test('a new layout keeps the values of all slots of all states, wider or narrower', () => {
  const cases = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 3 })), {
      minLength: 1,
      maxLength: 24,
    })
    .chain((slots) => {
      const order = fc.shuffledSubarray([...slots.keys()], {
        minLength: slots.length,
        maxLength: slots.length,
      });
      return fc.tuple(
        fc.constant(slots),
        order,
        order,
        fc.nat({ max: 20 }),
        fc.nat({ max: 700 }),
        fc.nat(),
      );
    });
  fc.assert(
    fc.property(cases, ([slots, before, after, gap, count, seed]) => {
      const narrow = slots.map(([need]) => need);
      // A slot only gets more bits, and the first one may have had none.
      const wide = slots.map(([need, more]) => need + more);
      const from = layoutOf(narrow, before, 0);
      from.mask[0] = 0;
      const to = layoutOf(wide, after, gap);
      const words = new Int32Array(Math.max(from.width, to.width) * count);
      const values = Array.from({ length: count }, (_, state) =>
        narrow.map((need, slot) =>
          slot === 0 ? 0 : (Math.imul(seed + state, 2654435761 + slot * 97) >>> 7) % 2 ** need,
        ),
      );
      for (const [state, numbers] of values.entries()) {
        words.set(from.pack(numbers), state * from.width);
      }
      repackWords(words, count, from, to);
      for (const [state, numbers] of values.entries()) {
        expect(read(words, state, to, slots.length)).toEqual(numbers);
      }
    }),
    { numRuns: 100 },
  );
});
