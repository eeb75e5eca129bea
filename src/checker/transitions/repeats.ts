/** Of so many keys the hash is kept; then of fewer, by their hashes. */
const KEPT_MAX = 512;
/** Of so many look-ups the share is taken that asked for a known key. */
const WINDOW = 128;
/** Memoising pays where this share of the look-ups asks for a key that was asked for before. */
const SHARE = 0.88;

/**
 * How often what was asked for was asked for before. Kept is a sample of the keys with all their
 * look-ups, as a sample of the look-ups would show few repetitions (Waldspurger et al., SHARDS,
 * FAST 2015). Each look-up counts by what it costs to be evaluated.
 */
export class Repeats {
  /** What all look-ups cost so far. */
  cost = 0;
  /** Hashes that are kept; 0 is a free place. And what each costs. */
  #table = new Int32Array(64);
  #costs = new Int32Array(64);
  #kept = 0;
  /** Only keys whose hash begins with this many zeros are kept. */
  #zeros = 0;
  /** Of the keys that are kept, in the present window. */
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

  /** An estimate of what all keys cost, each asked for once. */
  get distinct(): number {
    return this.#costs.reduce((sum, cost) => sum + cost, 0) * 2 ** this.#zeros;
  }

  /**
   * Whether most look-ups ask for what is known, and so far there were `times` as many as keys.
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

  /** False where it is there already. */
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
