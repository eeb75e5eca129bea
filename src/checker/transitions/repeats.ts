/**
 * The largest number of hashes in the sample. Beyond it, the sample keeps fewer of them, chosen by
 * their hashes.
 */
const KEPT_MAX = 512;
/** The share of known keys is taken over this many look-ups. */
const WINDOW = 128;
/** Memoising pays where this share of the look-ups asks for a known key. */
const SHARE = 0.88;

/**
 * Estimates how often look-ups repeat. It keeps a sample of the keys with all of their look-ups,
 * because a sample of the look-ups would show few repetitions (Waldspurger et al., SHARDS, FAST
 * 2015). Each look-up counts by the cost of its evaluation.
 */
export class Repeats {
  /** The cost of all look-ups so far. */
  cost = 0;
  /** The kept hashes, 0 for a free place; and the cost of each. */
  #table = new Int32Array(64);
  #costs = new Int32Array(64);
  #kept = 0;
  /** Only keys whose hash begins with this many zeros are kept. */
  #zeros = 0;
  /** Look-ups of kept keys in the current window. */
  #lookups = 0;
  #asked = 0;
  #again = 0;

  note(hash: number, cost: number): void {
    this.cost += cost;
    if (Math.clz32(hash) < this.#zeros) return;
    this.#lookups += 1;
    this.#asked += cost;
    if (!this.#enter(hash | 1, cost)) this.#again += cost;
  }

  /** An estimate of the cost of all keys, each counted once. */
  get distinct(): number {
    return this.#costs.reduce((sum, cost) => sum + cost, 0) * 2 ** this.#zeros;
  }

  /**
   * Whether most look-ups ask for known keys, and there were `times` as many look-ups as keys.
   * Answered once in a window.
   */
  arePlenty(times: number): boolean {
    if (this.#lookups < WINDOW) return false;
    const share = this.#again / this.#asked;
    this.#lookups = 0;
    this.#asked = 0;
    this.#again = 0;
    return share >= SHARE && this.cost >= times * this.distinct;
  }

  /** Adds a hash. Returns false where it is known already. */
  #enter(hash: number, cost: number): boolean {
    if (!this.#place(hash, cost)) return false;
    this.#kept += 1;
    if (this.#kept > KEPT_MAX) {
      this.#zeros += 1;
      this.#rebuild(this.#table.length);
    } else if (2 * this.#kept > this.#table.length) this.#rebuild(2 * this.#table.length);
    return true;
  }

  #place(hash: number, cost: number): boolean {
    const table = this.#table;
    const mask = table.length - 1;
    let at = Math.imul(hash, 0x9e3779b1) >>> 16;
    for (;;) {
      at &= mask;
      const found = table[at];
      if (found === hash) return false;
      if (found === 0) {
        table[at] = hash;
        this.#costs[at] = cost;
        return true;
      }
      at += 1;
    }
  }

  #rebuild(length: number): void {
    const hashes = this.#table;
    const costs = this.#costs;
    this.#table = new Int32Array(length);
    this.#costs = new Int32Array(length);
    this.#kept = 0;
    for (const [at, hash] of hashes.entries()) {
      if (hash === 0 || Math.clz32(hash) < this.#zeros) continue;
      this.#place(hash, costs[at] as number);
      this.#kept += 1;
    }
  }
}
