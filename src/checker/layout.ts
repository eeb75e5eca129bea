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
    const free: number[] = [];
    const home = bits.map((need) => {
      if (need === 0) return -1;
      const found = free.findIndex((left) => left >= need);
      const at = found < 0 ? free.push(32) - 1 : found;
      free[at] = (free[at] as number) - need;
      return at;
    });
    shareOut(slots, bits, home, free);
    layout.width = Math.max(1, free.length);
    layout.#place(bits, home);
    for (const [slot, need] of bits.entries()) slots.room[slot] = 2 ** need;
    slots.outgrown = false;
    return layout;
  }

  #place(bits: readonly number[], home: readonly number[]): void {
    const used: number[] = [];
    for (const [slot, need] of bits.entries()) {
      if (need === 0) continue;
      const at = home[slot] as number;
      const shift = used[at] ?? 0;
      this.word[slot] = at;
      this.shift[slot] = shift;
      this.mask[slot] = need === 32 ? -1 : 2 ** need - 1;
      used[at] = shift + need;
    }
  }

  get bits(): number {
    return this.mask.reduce((sum, mask) => sum + 32 - Math.clz32(mask), 0);
  }
}

/**
 * Bits that would be left over go to slots whose next new value would need one more, so that fewer values
 * make the stored states be packed anew. Slots that have changed before come first.
 */
function shareOut(slots: Slots, bits: number[], home: number[], free: number[]): void {
  const isFull = (slot: number) => slots.values[slot]?.length === 2 ** (bits[slot] as number);
  const full = [...bits.keys()].filter(isFull);
  for (const slot of full.sort((a, b) => Number(bits[b] !== 0) - Number(bits[a] !== 0))) {
    const at = bits[slot] === 0 ? free.findIndex((left) => left > 0) : (home[slot] as number);
    if (at < 0 || (free[at] as number) === 0) continue;
    home[slot] = at;
    bits[slot] = (bits[slot] as number) + 1;
    free[at] = (free[at] as number) - 1;
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
