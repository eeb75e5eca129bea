import type { Slots } from './slots.ts';

/**
 * The place of each slot in a packed state. The number of its value is `(words[state * width +
 * word[slot]] >>> shift[slot]) & mask[slot]`. No slot straddles two words.
 */
export class Layout {
  /** The number of 32-bit words of a state; at least 1. */
  width = 1;
  word = new Int32Array(0);
  shift = new Int32Array(0);
  mask = new Int32Array(0);
  /** The slots that moved, each alone, since the layout before; undefined if all did. */
  moved: readonly number[] | undefined;

  /** The words of the state with these value numbers, by slot. */
  pack(numbers: readonly number[]): Int32Array {
    const packed = new Int32Array(this.width);
    for (const [slot, number] of numbers.entries()) {
      const word = this.word[slot] as number;
      packed[word] = (packed[word] as number) | (number << (this.shift[slot] as number));
    }
    return packed;
  }

  /** Slots made since this layout have mask 0, so they read as value 0. */
  grow(slots: number): void {
    if (slots <= this.word.length) return;
    const capacity = Math.max(64, 2 * slots);
    this.word = widened(this.word, capacity);
    this.shift = widened(this.shift, capacity);
    this.mask = widened(this.mask, capacity);
  }

  /**
   * A new layout in which every slot has bits for its present values. It sets `slots.room`
   * accordingly.
   */
  static of(slots: Slots): Layout {
    const layout = new Layout();
    layout.grow(slots.count);
    const needs = Array.from({ length: slots.count }, (_, slot) => bitsFor(slots, slot));
    const tight = homesFor(needs);
    const ample = withSpare(slots, needs, 32 * tight.width);
    const roomy = homesFor(ample);
    const [bits, { home, width }] = roomy.width > tight.width ? [needs, tight] : [ample, roomy];
    layout.width = Math.max(1, width);
    layout.#place(bits, home);
    for (const [slot, need] of bits.entries()) slots.room[slot] = 2 ** need;
    slots.outgrown = false;
    return layout;
  }

  /**
   * A layout for the present values of the slots. A slot that has outgrown its bits takes free bits
   * above them, and stored states stay as they are; or it moves alone. Spare bits of other slots
   * are taken back if needed. All slots are placed anew only where there is no room.
   */
  next(slots: Slots): Layout {
    return this.#next(slots, false) ?? this.#next(slots, true) ?? Layout.of(slots);
  }

  #next(slots: Slots, isTight: boolean): Layout | undefined {
    const next = new Layout();
    next.width = this.width;
    next.grow(slots.count);
    next.word.set(this.word);
    next.shift.set(this.shift);
    next.mask.set(this.mask);
    const needs = Array.from({ length: slots.count }, (_, slot) => bitsFor(slots, slot));
    // No state holds a number that needs more bits.
    if (isTight)
      next.mask.forEach((mask, slot) => {
        next.mask[slot] = mask & lowBits(needs[slot] ?? 0);
      });
    const taken = next.#taken();
    const moved: number[] = [];
    for (const [slot, need] of needs.entries()) {
      if (need <= widthOf(next.mask[slot] as number)) continue;
      if (next.#extend(slot, need, taken)) continue;
      // With a spare bit the next new value moves nothing.
      const ample = need + (isTight || isBoolean(slots, slot) ? 0 : 1);
      if (![ample, need].some((bits) => next.#move(slot, bits, taken))) return undefined;
      // A slot without bits holds its first value in all states, so nothing has to move.
      if ((this.mask[slot] ?? 0) !== 0) moved.push(slot);
    }
    for (let slot = 0; slot < slots.count; slot++) {
      slots.room[slot] = 2 ** widthOf(next.mask[slot] as number);
    }
    next.moved = moved;
    slots.outgrown = false;
    return next;
  }

  /** By word, the bits that slots occupy. */
  #taken(): Int32Array {
    const taken = new Int32Array(this.width);
    for (const [slot, mask] of this.mask.entries()) {
      const word = this.word[slot] as number;
      taken[word] = (taken[word] as number) | (mask << (this.shift[slot] as number));
    }
    return taken;
  }

  /** Gives a slot the bits above its own. Returns false where they are taken. */
  #extend(slot: number, need: number, taken: Int32Array): boolean {
    const mask = this.mask[slot] as number;
    const shift = this.shift[slot] as number;
    const word = this.word[slot] as number;
    if (mask === 0 || shift + need > 32) return false;
    const more = (lowBits(need) & ~mask) << shift;
    if (((taken[word] as number) & more) !== 0) return false;
    taken[word] = (taken[word] as number) | more;
    this.mask[slot] = lowBits(need);
    return true;
  }

  /**
   * Gives a slot another place. Returns false where there is none. The old place stays free for
   * later.
   */
  #move(slot: number, need: number, taken: Int32Array): boolean {
    const mask = lowBits(need);
    for (let word = 0; word < this.width; word++) {
      for (let shift = 0; shift + need <= 32; shift++) {
        if (((taken[word] as number) & (mask << shift)) !== 0) continue;
        taken[word] = (taken[word] as number) | (mask << shift);
        this.word[slot] = word;
        this.shift[slot] = shift;
        this.mask[slot] = mask;
        return true;
      }
    }
    return false;
  }

  #place(bits: readonly number[], home: readonly number[]): void {
    const used: number[] = [];
    for (const [slot, need] of bits.entries()) {
      if (need === 0) continue;
      const at = home[slot] as number;
      const shift = used[at] ?? 0;
      this.word[slot] = at;
      this.shift[slot] = shift;
      this.mask[slot] = lowBits(need);
      used[at] = shift + need;
    }
  }

  get bits(): number {
    return this.mask.reduce((sum, mask) => sum + widthOf(mask), 0);
  }
}

/**
 * For each slot the first word with room for it, -1 for a slot without bits; and the number of
 * words.
 */
function homesFor(bits: readonly number[]): { home: readonly number[]; width: number } {
  const free: number[] = [];
  // By need, the first word that may have room. Words only fill up, so it never moves back.
  const first = new Int32Array(33);
  const home = bits.map((need) => {
    if (need === 0) return -1;
    let at = first[need] as number;
    while (at < free.length && (free[at] as number) < need) at += 1;
    first[need] = at;
    if (at === free.length) free.push(32);
    free[at] = (free[at] as number) - need;
    return at;
  });
  return { home, width: free.length };
}

/**
 * Gives spare bits, out of `most`, to slots whose next new value would need one more bit, so that
 * stored states are packed anew less often. Slots that have changed before come first.
 */
function withSpare(slots: Slots, needs: readonly number[], most: number): readonly number[] {
  const bits = [...needs];
  let left = most - bits.reduce((sum, need) => sum + need, 0);
  const full = [...bits.keys()].filter(
    (slot) => slots.values[slot]?.length === 2 ** (bits[slot] as number) && !isBoolean(slots, slot),
  );
  for (const slot of full.sort((a, b) => Number(bits[b] !== 0) - Number(bits[a] !== 0))) {
    if (left === 0) break;
    left -= 1;
    bits[slot] = (bits[slot] as number) + 1;
  }
  return bits;
}

/** The lowest `count` bits of a word: none below 1, all from 32 on. */
export function lowBits(count: number): number {
  return count >= 32 ? -1 : 2 ** Math.max(0, count) - 1;
}

/** A slot that has held true and false is not likely to get a third value. */
function isBoolean(slots: Slots, slot: number): boolean {
  const values = slots.values[slot] ?? [];
  return values.length === 2 && values.every((value) => typeof value === 'boolean');
}

const widthOf = (mask: number): number => 32 - Math.clz32(mask);

/** The smallest number of bits that tells the values apart. */
function bitsFor(slots: Slots, slot: number): number {
  return 32 - Math.clz32((slots.values[slot]?.length ?? 1) - 1);
}

/** A copy with more room. */
export function widened(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity);
  wider.set(array);
  return wider;
}
