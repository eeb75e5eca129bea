import { GrowingWords, growOrLeave, type Words } from '../state/growing-words.ts';

/**
 * What is known of each state that waits to be expanded: how many steps can be taken in it, and
 * three sets of actors. Records lie in a ring, by the number of the state.
 */
export class Records {
  /** The record of a state begins at `at(state)`: a count, then the sets, one after the other. */
  words: Int32Array<ArrayBuffer>;
  /** Records that there is room for: a power of two. */
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

  /** Keeps all records in other words from now on; for `leave` see `Visited`. */
  moveTo(words: Words, leave?: () => void): void {
    this.#leave = leave;
    words.replace(this.words);
    this.#kept = words;
    this.renew();
  }

  /** To be called when the words in which the records are kept have moved. */
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

  /** Sets have more words from now on. What is known of the states stays known. */
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

  /** To a ring of another size: a piece at a time, up to where one of the two begins anew. */
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
