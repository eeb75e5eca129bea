/** Leaves are added in windows of this many before the account is drawn up. */
const WINDOW = 2048;
/** A tree must answer at least this many look-ups for each leaf that it adds within a window. */
const HITS_PER_LEAF = 4;
/** However good the account: more leaves than this cost more memory than the states they serve. */
const LEAVES_MAX = 1 << 19;

/**
 * Decides when memoising an actor has stopped paying. A leaf costs a second evaluation, its masks and some
 * hundred bytes; it saves one evaluation each time it is found again.
 */
export class Thrift {
  #leaves = 0;
  #lookupsBefore = 0;

  /** To be told of each leaf that is added, with the look-ups so far; true when it is time to give up. */
  tooDear(lookups: number): boolean {
    this.#leaves += 1;
    if (this.#leaves % WINDOW !== 0) return false;
    const hits = lookups - this.#lookupsBefore - WINDOW;
    this.#lookupsBefore = lookups;
    return hits < HITS_PER_LEAF * WINDOW || this.#leaves >= LEAVES_MAX;
  }
}
