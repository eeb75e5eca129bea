import { GrowingWords, growOrLeave, type Words } from './growing-words.ts';
import { BUCKET_START, HashTable } from './hash-table.ts';
import type { Layout } from './layout.ts';
import { repackWords } from './repack.ts';
import { finish, mix, SEED } from './state-hash.ts';

/**
 * Spare capacity. It is small, because it costs bytes for each state, and large enough that copying
 * stays cheap.
 */
const GROWTH = 1.15;
/** Below this many states, saving room is not worth it. */
const SMALL = 8192;

/**
 * All states that were ever found, packed, with the state from which each was first reached. It is
 * exact: two states are the same only if all their words are equal.
 */
export class Visited {
  /** State i occupies the words from i * width. */
  words: Int32Array<ArrayBuffer>;
  /** The predecessor of each state; -1 for an initial one. */
  parent: Int32Array<ArrayBuffer>;
  count = 0;
  /** The number of successors that were looked up. */
  lookups = 0;
  #width: number;
  #words: Words;
  #parent: Words;
  #leave: (() => void) | undefined;
  readonly #table = new HashTable();
  /** The number of states for which there is room. */
  #capacity = 128;

  constructor(width: number) {
    this.#width = width;
    this.#words = new GrowingWords(this.#capacity * width);
    this.#parent = new GrowingWords(this.#capacity);
    this.words = this.#words.words;
    this.parent = this.#parent.words;
  }

  get bytes(): number {
    const states = this.#capacity * (this.#width + 1) * Int32Array.BYTES_PER_ELEMENT;
    return states + this.#table.bytes;
  }

  /** The number of states for which there is room. */
  get capacity(): number {
    return this.#capacity;
  }

  /** The number of places of the table, less one. */
  get low(): number {
    return this.#table.low;
  }

  /**
   * Moves everything to other words. `leave` is called when those have no more room, and moves
   * everything on.
   */
  moveTo(words: Words, parent: Words, table: Words, leave?: () => void): void {
    this.#leave = leave;
    words.replace(this.words);
    parent.replace(this.parent);
    this.#words = words;
    this.#parent = parent;
    this.#table.moveTo(table);
    this.renew();
  }

  /** To be called when the words that hold everything have moved. */
  renew(): void {
    this.words = this.#words.words;
    this.parent = this.#parent.words;
    this.#table.renew();
  }

  /** Makes room for so many more states, in the table, too. */
  makeRoom(states: number): void {
    while (this.count + states > this.#capacity) this.#grow();
    while (this.#table.isFull(this.count + states)) this.#double();
  }

  /** The bytes that the machine must give at once when there are more states. */
  get growthBytes(): number {
    const next = this.#nextCapacity;
    return Math.max(this.#words.bytesToReserve(next * this.#width), this.#table.growthBytes);
  }

  /**
   * The number of the state that differs from state `from` by the mask at `masks[at]…`. A new state
   * is stored, with `from` as its parent, if `store` is true; otherwise the answer is -1. To see
   * whether it is new, compare the answer with `count` before the call.
   */
  offer(from: number, masks: Int32Array, at: number, store: boolean): number {
    this.lookups += 1;
    if (this.#width === 1) return this.#offerOne(from, masks[at] as number, store);
    if (this.#width === 2) {
      return this.#offerTwo(from, masks[at] as number, masks[at + 1] as number, store);
    }
    return this.#offerMany(from, masks, at, store);
  }

  #offerOne(from: number, mask: number, store: boolean): number {
    const words = this.words;
    const { entries: table, low } = this.#table;
    const a = (words[from] as number) ^ mask;
    const hash = finish(mix(SEED, a));
    let probe = hash & low & BUCKET_START;
    for (let entry = table[probe] as number; entry !== 0; entry = table[probe] as number) {
      const state = (entry & low) - 1;
      if (((entry ^ hash) & ~low) === 0 && words[state] === a) return state;
      probe = (probe + 1) & low;
    }
    if (!store) return -1;
    const state = this.#append(from, probe, hash);
    this.words[state] = a;
    this.#settle();
    return state;
  }

  #offerTwo(from: number, maskA: number, maskB: number, store: boolean): number {
    const words = this.words;
    const { entries: table, low } = this.#table;
    const a = (words[2 * from] as number) ^ maskA;
    const b = (words[2 * from + 1] as number) ^ maskB;
    const hash = finish(mix(mix(SEED, a), b));
    let probe = hash & low & BUCKET_START;
    for (let entry = table[probe] as number; entry !== 0; entry = table[probe] as number) {
      if (((entry ^ hash) & ~low) === 0) {
        const state = (entry & low) - 1;
        if (words[2 * state] === a && words[2 * state + 1] === b) return state;
      }
      probe = (probe + 1) & low;
    }
    if (!store) return -1;
    const state = this.#append(from, probe, hash);
    this.words[2 * state] = a;
    this.words[2 * state + 1] = b;
    this.#settle();
    return state;
  }

  #offerMany(from: number, masks: Int32Array, at: number, store: boolean): number {
    const width = this.#width;
    const words = this.words;
    const { entries: table, low } = this.#table;
    const base = from * width;
    let mixed = SEED;
    for (let w = 0; w < width; w++) {
      mixed = mix(mixed, (words[base + w] as number) ^ (masks[at + w] as number));
    }
    const hash = finish(mixed);
    let probe = hash & low & BUCKET_START;
    for (let entry = table[probe] as number; entry !== 0; entry = table[probe] as number) {
      const state = (entry & low) - 1;
      const tagged = ((entry ^ hash) & ~low) === 0;
      if (tagged && differsBy(words, base, masks, at, state * width, width)) return state;
      probe = (probe + 1) & low;
    }
    if (!store) return -1;
    const state = this.#append(from, probe, hash);
    const to = this.words;
    for (let w = 0; w < width; w++) {
      to[state * width + w] = (to[base + w] as number) ^ (masks[at + w] as number);
    }
    this.#settle();
    return state;
  }

  /** Stores an initial state. Returns its number, or that of an equal one. */
  addInitial(packed: Int32Array): number {
    // Offered as a difference from itself, because zeros stand where the next state will be stored.
    this.#reserve();
    const at = this.count;
    this.words.fill(0, at * this.#width, (at + 1) * this.#width);
    const state = this.offer(at, packed, 0, true);
    this.parent[state] = -1;
    return state;
  }

  /** Packs every stored state from one layout into another with the same slots or more. */
  repack(from: Layout, to: Layout): void {
    if (to.moved?.length === 0) return;
    if (to.moved === undefined) this.#repackAll(from, to);
    else for (const slot of to.moved) this.#move(slot, from, to);
    this.#table.rebuild(this.count, this.#hashOf);
  }

  /** Moves one slot to bits that are free in all states. */
  #move(slot: number, from: Layout, to: Layout): void {
    const { words } = this;
    const width = this.#width;
    const mask = from.mask[slot] as number;
    const shift = from.shift[slot] as number;
    const toShift = to.shift[slot] as number;
    const clear = ~(mask << shift);
    const distance = (to.word[slot] as number) - (from.word[slot] as number);
    const end = this.count * width;
    for (let at = from.word[slot] as number; at < end; at += width) {
      const word = words[at] as number;
      words[at] = word & clear;
      words[at + distance] =
        (words[at + distance] as number) | (((word >>> shift) & mask) << toShift);
    }
  }

  #repackAll(from: Layout, to: Layout): void {
    if (to.width > from.width) {
      growOrLeave(() => this.#words.reserve(this.#capacity * to.width), this.#leave);
      this.renew();
    }
    repackWords(this.words, this.count, from, to);
    this.#width = to.width;
  }

  #append(from: number, probe: number, hash: number): number {
    if (this.count === this.#capacity) this.#reserve();
    const state = this.count;
    this.parent[state] = from;
    this.count = state + 1;
    const { entries, low } = this.#table;
    entries[probe] = (hash & ~low) | this.count;
    return state;
  }

  /**
   * To be called when the words of a new state are in place. Keeps the table at most two thirds
   * full.
   */
  #settle(): void {
    if (this.#table.isFull(this.count)) this.#double();
  }

  get #nextCapacity(): number {
    return Math.ceil(this.#capacity * (this.#capacity < SMALL ? 2 : GROWTH));
  }

  #reserve(): void {
    if (this.count >= this.#capacity) this.#grow();
  }

  #grow(): void {
    const capacity = this.#nextCapacity;
    growOrLeave(() => {
      this.#words.reserve(capacity * this.#width);
      this.#parent.reserve(capacity);
    }, this.#leave);
    // Set last, because there may be no memory for the arrays above.
    this.#capacity = capacity;
    this.renew();
  }

  #double(): void {
    growOrLeave(() => this.#table.double(this.#hashOf), this.#leave);
  }

  readonly #hashOf = (state: number): number => {
    const width = this.#width;
    const words = this.words;
    let mixed = SEED;
    for (let w = 0; w < width; w++) mixed = mix(mixed, words[state * width + w] as number);
    return finish(mixed);
  };
}

/** Whether the words at `other` equal those at `base` changed by the mask. */
function differsBy(
  words: Int32Array,
  base: number,
  masks: Int32Array,
  at: number,
  other: number,
  width: number,
): boolean {
  for (let w = 0; w < width; w++) {
    if (words[other + w] !== ((words[base + w] as number) ^ (masks[at + w] as number)))
      return false;
  }
  return true;
}
