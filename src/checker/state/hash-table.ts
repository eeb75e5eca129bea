import { GrowingWords, type Words } from './growing-words.ts';

/** The entries of a bucket: 64 bytes, one line of the processor's cache. */
const BUCKET = 16;
const FIRST_LENGTH = 256;

/**
 * The numbers of states by hash. An entry is 0 when free, n + 1 for state n. The table is never
 * full, so n + 1 needs only the bits of `low`. The bits above hold those of the hash and tell most
 * other states apart without reading their words. A search begins at the bucket of the hash and
 * ends at a free place, because nothing is ever removed.
 */
export class HashTable {
  entries: Int32Array<ArrayBuffer>;
  /** The number of places, a power of two, less one. */
  low = FIRST_LENGTH - 1;
  #grown: Words = new GrowingWords(FIRST_LENGTH);

  constructor() {
    this.entries = this.#grown.words;
  }

  get bytes(): number {
    return (this.low + 1) * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Moves the entries to other words. */
  moveTo(words: Words): void {
    words.replace(this.entries);
    this.#grown = words;
    this.renew();
  }

  /** To be called when the words of the entries have moved. */
  renew(): void {
    this.entries = this.#grown.words;
  }

  /** The bytes that the machine must give at once when the table next grows. */
  get growthBytes(): number {
    return this.#grown.bytesToReserve(2 * (this.low + 1));
  }

  /** True when the table must grow for so many states: it is two thirds full. */
  isFull(count: number): boolean {
    return 3 * count > 2 * (this.low + 1);
  }

  /**
   * Doubles the table. The lowest hash bit in an entry says to which half it goes. Only entries
   * that may have run over from an earlier bucket need their whole hash.
   */
  double(hashOf: (state: number) => number): void {
    const size = this.low + 1;
    this.#grown.reserve(2 * size);
    const entries = this.#grown.words;
    this.entries = entries;
    const runOver: number[] = [];
    let isPreviousFull = entries[size - 1] !== 0;
    for (let bucket = 0; bucket < size; bucket += BUCKET) {
      const mayHaveRunOver = isPreviousFull;
      isPreviousFull = entries[bucket + BUCKET - 1] !== 0;
      if (mayHaveRunOver) this.#takeOut(bucket, runOver, hashOf);
      this.#split(bucket, size);
    }
    this.low = 2 * size - 1;
    for (const state of runOver) this.#place(state, hashOf(state));
  }

  /** Removes the states of an earlier bucket from this one. */
  #takeOut(bucket: number, runOver: number[], hashOf: (state: number) => number): void {
    const { entries, low } = this;
    let kept = bucket;
    for (let at = bucket; at < bucket + BUCKET; at++) {
      const entry = entries[at] as number;
      if (entry === 0) break;
      entries[at] = 0;
      const state = (entry & low) - 1;
      if ((hashOf(state) & low & -BUCKET) === bucket) entries[kept++] = entry;
      else runOver.push(state);
    }
  }

  /** Leaves half of a bucket in place, and moves the other half by `size`. */
  #split(bucket: number, size: number): void {
    const { entries } = this;
    let lower = bucket;
    let upper = bucket + size;
    for (let at = bucket; at < bucket + BUCKET; at++) {
      const entry = entries[at] as number;
      if (entry === 0) break;
      entries[at] = 0;
      if ((entry & size) === 0) entries[lower++] = entry;
      else entries[upper++] = entry & ~size;
    }
  }

  /** Places the states 0 to before `count` anew. */
  rebuild(count: number, hashOf: (state: number) => number): void {
    this.entries.fill(0, 0, this.low + 1);
    for (let state = 0; state < count; state++) this.#place(state, hashOf(state));
  }

  #place(state: number, hash: number): void {
    const { entries, low } = this;
    let at = hash & low & -BUCKET;
    while (entries[at] !== 0) at = (at + 1) & low;
    entries[at] = (hash & ~low) | (state + 1);
  }
}

/** The mask that gives the first place of the bucket of a hash. */
export const BUCKET_START = -BUCKET;
