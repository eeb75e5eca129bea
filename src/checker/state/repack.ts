import type { Layout } from './layout.ts';

/** So many states are packed at once: few enough for the fastest cache. */
const BLOCK = 256;

/** Slots of one word that go to one word by the same distance, and so move together. */
interface Move {
  readonly word: number;
  readonly toWord: number;
  /** By how many bits they move up; negative for down. */
  readonly up: number;
  mask: number;
}

/**
 * Packs the first `count` states from one layout into another with the same slots or more, in
 * place. `words` has room for the states in both layouts.
 */
export function repackWords(words: Int32Array, count: number, from: Layout, to: Layout): void {
  const moves = movesBetween(from, to);
  const packed = new Int32Array(BLOCK * to.width);
  const pack = (first: number) => {
    const states = Math.min(BLOCK, count - first);
    packed.fill(0);
    for (const { word, toWord, up, mask } of moves) {
      const left = Math.max(up, 0);
      const right = Math.max(-up, 0);
      let read = first * from.width + word;
      const end = states * to.width;
      for (let write = toWord; write < end; write += to.width) {
        const bits = (words[read] as number) & mask;
        packed[write] = (packed[write] as number) | ((bits << left) >>> right);
        read += from.width;
      }
    }
    words.set(packed.subarray(0, states * to.width), first * to.width);
  };
  // No state may be written over one that is still to be read.
  const last = BLOCK * Math.floor((count - 1) / BLOCK);
  if (to.width > from.width) for (let first = last; first >= 0; first -= BLOCK) pack(first);
  else for (let first = 0; first <= last; first += BLOCK) pack(first);
}

function movesBetween(from: Layout, to: Layout): readonly Move[] {
  const moves = new Map<string, Move>();
  for (let slot = 0; slot < to.mask.length; slot++) {
    const mask = from.mask[slot] ?? 0;
    // A slot without bits held value 0 in every state, and 0 is already there.
    if (mask === 0) continue;
    const shift = from.shift[slot] as number;
    const word = from.word[slot] as number;
    const toWord = to.word[slot] as number;
    const up = (to.shift[slot] as number) - shift;
    const key = `${word} ${toWord} ${up}`;
    const move = moves.get(key) ?? { word, toWord, up, mask: 0 };
    move.mask |= mask << shift;
    moves.set(key, move);
  }
  return [...moves.values()];
}
