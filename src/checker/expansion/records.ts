/**
 * What is known of each state that waits to be expanded: how many steps can be taken in it, and
 * three sets of actors. Records lie in a ring, by the number of the state.
 */
export class Records {
  /** The record of a state begins at `at(state)`: a count, then the sets, one after the other. */
  words: Int32Array;
  #capacity = 128;
  #stride: number;
  #setWords: number;

  /** `setWords` is the number of words of a set of actors. */
  constructor(setWords: number) {
    this.#setWords = setWords;
    this.#stride = 1 + SETS * setWords;
    this.words = new Int32Array(this.#capacity * this.#stride);
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  at(state: number): number {
    return (state & (this.#capacity - 1)) * this.#stride;
  }

  /** Makes room for the records of the states from `first` to before `end`. */
  reserve(first: number, end: number): void {
    if (end - first > this.#capacity) this.#move(first, end, 2 * this.#capacity, this.#setWords);
  }

  /** Sets have more words from now on. What is known of the states stays known. */
  widen(first: number, end: number, setWords: number): void {
    if (setWords > this.#setWords) this.#move(first, end, this.#capacity, setWords);
  }

  #move(first: number, end: number, capacity: number, setWords: number): void {
    const stride = 1 + SETS * setWords;
    const words = new Int32Array(capacity * stride);
    for (let state = first; state < end; state++) {
      const from = this.at(state);
      const to = (state & (capacity - 1)) * stride;
      words[to] = this.words[from] as number;
      for (let set = 0; set < SETS; set++) {
        const begin = from + 1 + set * this.#setWords;
        const part = this.words.subarray(begin, begin + this.#setWords);
        words.set(part, to + 1 + set * setWords);
      }
    }
    this.words = words;
    this.#capacity = capacity;
    this.#stride = stride;
    this.#setWords = setWords;
  }
}

const SETS = 3;
