import type { Slots } from './slots.ts';

/**
 * Where each slot lies in a packed state: the number of its value is
 * `(words[state * width + word[slot]] >>> shift[slot]) & mask[slot]`. A slot never straddles two words.
 */
export class Layout {
  /** 32-bit words a state; at least 1. */
  width = 1;
  word = new Int32Array(0);
  shift = new Int32Array(0);
  mask = new Int32Array(0);

  /** Slots that were made since the layout was computed have mask 0, so that they read as value 0. */
  grow(slots: number): void {
    if (slots <= this.word.length) return;
    const capacity = Math.max(64, 2 * slots);
    this.word = widened(this.word, capacity);
    this.shift = widened(this.shift, capacity);
    this.mask = widened(this.mask, capacity);
  }

  /** A new layout in which every slot has bits for the values it has now (and `slots.room` says so). */
  static of(slots: Slots): Layout {
    const layout = new Layout();
    layout.grow(slots.count);
    const bits = Array.from({ length: slots.count }, (_, slot) => bitsFor(slots, slot));
    let free: number[] = [];
    for (const [slot, need] of bits.entries()) {
      if (need === 0) continue;
      let at = free.findIndex((left) => left >= need);
      if (at < 0) at = free.push(32) - 1;
      const left = free[at] ?? 0;
      layout.word[slot] = at;
      layout.shift[slot] = 32 - left;
      layout.mask[slot] = need === 32 ? -1 : 2 ** need - 1;
      free = free.with(at, left - need);
    }
    layout.width = Math.max(1, free.length);
    for (const [slot, need] of bits.entries()) slots.room[slot] = 2 ** need;
    slots.outgrown = false;
    return layout;
  }

  get bits(): number {
    return this.mask.reduce((sum, mask) => sum + 32 - Math.clz32(mask), 0);
  }
}

/** As few bits as tell the values apart. */
function bitsFor(slots: Slots, slot: number): number {
  return 32 - Math.clz32((slots.values[slot]?.length ?? 1) - 1);
}

/** A copy with more room. */
export function widened(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity);
  wider.set(array);
  return wider;
}
