import { describe, expect, test } from 'vitest';
import { Visited } from '../../src/checker/state/visited.ts';

/**
 * So many states that some share their place in the hash table and the part of the hash that is
 * kept there, though they differ: only the comparison of their words tells those apart.
 */
const many = 300_000;

/** States that differ in one word only, all beginning with the same others. */
function differIn(word: number, width: number): Int32Array[] {
  return Array.from({ length: many }, (_, i) => {
    const state = new Int32Array(width).fill(7);
    state[word] = i + 1;
    return state;
  });
}

describe('the visited states', () => {
  const places = [1, 2, 3].flatMap((width) =>
    Array.from({ length: width }, (_, word) => ({ width, word, nth: word + 1 })),
  );

  test.each(places)(
    'the store tells visited states apart by word $nth of $width alone',
    ({ width, word }) => {
      const visited = new Visited(width);
      visited.addInitial(new Int32Array(width));
      const states = differIn(word, width);
      const numbers = states.map((state) => visited.offer(0, state, 0, true));
      expect(new Set(numbers).size).toBe(many);
      expect(visited.count).toBe(many + 1);
      const again = states.map((state) => visited.offer(0, state, 0, false));
      expect(again).toEqual(numbers);
    },
  );
});
