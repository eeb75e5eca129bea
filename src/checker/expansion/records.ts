import { GrowingWords, growOrLeave, type Words } from '../state/growing-words.ts';

/**
 * The record of each waiting state: how many steps are enabled in it, and three sets of actors. The
 * records form a ring, indexed by the number of the state.
 */
export class Records {
  /** The record of a state begins at `at(state)`: a count, then the sets in order. */
  words: Int32Array<ArrayBuffer>;
  /** The number of records in the ring; a power of two. */
  capacity = 128;
  #kept: Words;
  #leave: (() => void) | undefined;
  #stride: number;
  #setWords: number;

  /** `setWords` is the number of words of a set of actors. */
  constructor(setWords: number) {
    this.#setWords = setWords;
    this.#stride = 1 + SETS * setWords;
    this.#kept = new GrowingWords(this.capacity * this.#stride);
    this.words = this.#kept.words;
  }

  /** Moves all records to other words. For `leave` see `Visited`. */
  moveTo(words: Words, leave?: () => void): void {
    this.#leave = leave;
    words.replace(this.words);
    this.#kept = words;
    this.renew();
  }

  /** To be called when those words have moved. */
  renew(): void {
    this.words = this.#kept.words;
  }

  get bytes(): number {
    return this.capacity * this.#stride * Int32Array.BYTES_PER_ELEMENT;
  }

  at(state: number): number {
    return (state & (this.capacity - 1)) * this.#stride;
  }

  /** Makes room for the records of the states from `first` to before `end`. */
  reserve(first: number, end: number): void {
    if (end - first > this.capacity) this.#move(first, end, 2 * this.capacity, this.#setWords);
  }

  /** Gives sets more words. The records stay. */
  widen(first: number, end: number, setWords: number): void {
    if (setWords > this.#setWords) this.#move(first, end, this.capacity, setWords);
  }

  #move(first: number, end: number, capacity: number, setWords: number): void {
    const stride = 1 + SETS * setWords;
    const words = new Int32Array(capacity * stride);
    if (setWords === this.#setWords) this.#copy(words, first, end, capacity);
    else this.#copyWider(words, first, end, setWords);
    growOrLeave(() => this.#kept.replace(words), this.#leave);
    this.renew();
    this.capacity = capacity;
    this.#stride = stride;
    this.#setWords = setWords;
  }

  /** Copies records to a ring of another size, in pieces up to where either ring begins anew. */
  #copy(words: Int32Array, first: number, end: number, capacity: number): void {
    const stride = this.#stride;
    for (let state = first; state < end; ) {
      const from = state & (this.capacity - 1);
      const to = state & (capacity - 1);
      const length = Math.min(end - state, this.capacity - from, capacity - to);
      words.set(this.words.subarray(from * stride, (from + length) * stride), to * stride);
      state += length;
    }
  }

  #copyWider(words: Int32Array, first: number, end: number, setWords: number): void {
    const stride = 1 + SETS * setWords;
    for (let state = first; state < end; state++) {
      const from = this.at(state);
      const to = (state & (this.capacity - 1)) * stride;
      words[to] = this.words[from] as number;
      for (let set = 0; set < SETS; set++) {
        const begin = from + 1 + set * this.#setWords;
        const part = this.words.subarray(begin, begin + this.#setWords);
        words.set(part, to + 1 + set * setWords);
      }
    }
  }
}

const SETS = 3;
