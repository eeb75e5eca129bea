/** A set of states, with one bit for each. */
export class Bits {
  readonly #words: Int32Array;

  /** An empty set of numbers below `size`. */
  constructor(size: number) {
    this.#words = new Int32Array((size + 31) >>> 5);
  }

  has(state: number): boolean {
    return ((this.#words[state >>> 5] as number) & (1 << (state & 31))) !== 0;
  }

  add(state: number): void {
    const word = state >>> 5;
    this.#words[word] = (this.#words[word] as number) | (1 << (state & 31));
  }
}
