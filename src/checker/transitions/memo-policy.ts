import type { MemoSetting } from '../result/options.ts';
import { Repeats } from './repeats.ts';

/** What is spent on leaves before the first account is drawn up. */
const FIRST = 256;
/** What is spent on leaves within an account must be saved this often. */
const SAVED = 5;
/** Where nothing is added: so many look-ups for each key are needed to begin. */
const EVIDENCE = 5;
/** What is evaluated before the first sample of look-ups is begun anew. */
const PATIENCE = 1024;
/** More than the keys that are known are likely to come. */
const MARGIN = 1.5;

/**
 * Decides whether what was evaluated is remembered. A leaf costs a second evaluation, its masks and
 * some hundred bytes; it saves one evaluation each time it is found again. While leaves are added,
 * an account of those that are young says whether they are found again. Where they are not, no more
 * are added, and those that exist still answer. The evaluations tell by a sample of their hashes
 * whether they repeat themselves; where most do, leaves are added again. Costs are in evaluations
 * of one outcome.
 */
export class MemoPolicy {
  /** The number of the present account. */
  account = 0;
  readonly #memo: MemoSetting;
  /** What was saved by young leaves, those that were added in this account or the one before. */
  #saved = 0;
  /** What the leaves have cost that were added in this account, and in all. */
  #spent = 0;
  #spentInAll = 0;
  /** The account is drawn up when this much was spent. */
  #most: number;
  /** While no leaves are added. */
  #repeats: Repeats | undefined;
  #evidence = EVIDENCE;
  /** So much is evaluated before the sample is begun anew. */
  #patience = PATIENCE;

  /**
   * `siblings` share what is spent for a try: all labels of one name, of different
   * actors.
   */
  constructor(memo: MemoSetting, siblings = 1) {
    this.#memo = memo;
    this.#most = Math.max(4, FIRST / siblings);
  }

  /** To be told that a leaf which was added in `account` saved so much. */
  saves(account: number, cost: number): void {
    if (this.account - account <= 1) this.#saved += cost;
  }

  /** Whether to remember what was just evaluated at this cost; `hash` is that of what it read. */
  shouldKeep(hash: number, cost: number): boolean {
    if (this.#memo !== 'adaptive') return this.#isKept(hash);
    if (this.#repeats === undefined) return this.#add(cost);
    const repeats = this.#repeats;
    repeats.note(hash, cost);
    if (repeats.arePlenty(this.#evidence)) {
      this.#begin(repeats, cost);
      return true;
    }
    // What was asked for long ago says nothing of what is asked for now.
    if (repeats.cost >= this.#patience) {
      this.#repeats = new Repeats();
      this.#patience *= 2;
    }
    return false;
  }

  #add(cost: number): boolean {
    this.#spent += cost;
    this.#spentInAll += cost;
    if (this.#spent < this.#most) return true;
    const pays = this.#saved >= SAVED * this.#spent;
    this.account += 1;
    this.#saved = 0;
    this.#spent = 0;
    if (pays) {
      this.#most = Math.max(FIRST, this.#spentInAll / 2);
      this.#evidence = EVIDENCE;
    } else {
      this.#repeats = new Repeats();
      this.#patience = PATIENCE;
    }
    return pays;
  }

  /** Adds leaves again; asks for more evidence next time, unless the account is good. */
  #begin(repeats: Repeats, cost: number): void {
    this.#most = Math.max(FIRST, MARGIN * repeats.distinct);
    this.#evidence *= 2;
    this.#repeats = undefined;
    this.account += 2;
    this.#saved = 0;
    this.#spent = cost;
    this.#spentInAll += cost;
  }

  /** 'sometimes' remembers one in three, whatever it is worth: for tests. */
  #isKept(hash: number): boolean {
    this.#spent += 1;
    if (this.#memo === 'sometimes') return Math.abs(hash + this.#spent) % 3 === 0;
    return this.#memo === 'always';
  }
}
