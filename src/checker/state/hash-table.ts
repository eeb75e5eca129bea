import { GrowingWords, type Words } from './growing-words.ts';

/** Entries of a bucket: 64 bytes, what a processor fetches at once. */
const BUCKET = 16;
const FIRST_LENGTH = 256;

/**
 * Numbers of states by hash. 0 is free, n + 1 stands for state n. The table being less than full, n
 * + 1 needs only the bits of `low`; the bits above hold those of the hash, so that most other
 * states are told apart without touching their words. A search begins where the bucket of the hash
 * begins and goes on until a free place: nothing is ever taken out.
 */
export class HashTable {
  entries: Int32Array<ArrayBuffer>;
  /** One less than the number of places, which is a power of two. */
  low = FIRST_LENGTH - 1;
  #grown: Words = new GrowingWords(FIRST_LENGTH);

  constructor() {
    this.entries = this.#grown.words;
  }

  get bytes(): number {
    return (this.low + 1) * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Keeps the entries elsewhere from now on. */
  moveTo(words: Words): void {
    words.replace(this.entries);
    this.#grown = words;
    this.renew();
  }

  /** To be called when the words of the entries have moved. */
  renew(): void {
    this.entries = this.#grown.words;
  }

  /** Bytes that are asked of the machine at once when it is next made larger. */
  get growthBytes(): number {
    return this.#grown.bytesToReserve(2 * (this.low + 1));
  }

  /** True when a table with so many states has to be made larger: it is two thirds full. */
  isFull(count: number): boolean {
    return 3 * count > 2 * (this.low + 1);
  }

  /**
   * Doubles the table. The lowest of the bits that an entry has of its hash says to which half it
   * goes. Only what may have run over from a bucket before has to be placed by its whole hash.
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

  /** Takes out of a bucket the states that belong to one before. */
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

  /** Leaves half of a bucket where it is, and moves the other by `size`. */
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

/** Where the search for a hash begins. */
export const BUCKET_START = -BUCKET;
