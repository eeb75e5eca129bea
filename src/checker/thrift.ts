/** The account is drawn up each time that this many leaves were added. */
const WINDOW = 128;
/** A tree must answer at least this many look-ups for each leaf that it adds within a window. */
const HITS_PER_LEAF = 4;
/** However good the account: more leaves than this cost more memory than the states they serve. */
const LEAVES_MAX = 1 << 19;
/** After giving up it is tried again when there are this many times the look-ups. */
const PATIENCE = 8;

/**
 * Decides whether memoising pays. A leaf costs a second evaluation, its masks and some hundred bytes; it
 * saves one evaluation each time it is found again. Models for which it pays find each leaf hundreds of
 * times, so that a short window tells; since a model may begin badly, it is tried again now and then.
 */
export class Thrift {
  #leaves = 0;
  #lookupsBefore = 0;
  #sleepsUntil = 0;

  /** To be told of each leaf that is added, with the look-ups so far; true when it is time to give up. */
  tooDear(lookups: number): boolean {
    this.#leaves += 1;
    if (this.#leaves % WINDOW !== 0) return false;
    const hits = lookups - this.#lookupsBefore - WINDOW;
    this.#lookupsBefore = lookups;
    if (hits >= HITS_PER_LEAF * WINDOW && this.#leaves < LEAVES_MAX) return false;
    this.#leaves = 0;
    this.#sleepsUntil = PATIENCE * lookups;
    return true;
  }

  /** After giving up: true when it is time to try again. */
  awake(lookups: number): boolean {
    if (lookups < this.#sleepsUntil) return false;
    this.#lookupsBefore = lookups;
    return true;
  }
}
