import type { MemoSetting } from '../result/options.ts';
import { Repeats } from './repeats.ts';

/** The cost of leaves before the first account is drawn up. */
const FIRST = 256;
/** An account is good when its leaves saved this many times their cost. */
const SAVED = 5;
/** While nothing is kept: the number of look-ups for each key that is needed to begin again. */
const EVIDENCE = 5;
/** The cost of evaluations before the first sample of look-ups is begun anew. */
const PATIENCE = 1024;
/** Room for more keys than are known so far. */
const MARGIN = 1.5;

/**
 * Decides whether an evaluation is kept as a leaf (docs/adr/0023). A leaf costs a second
 * evaluation, its masks and some hundred bytes, and saves one evaluation each time it is found
 * again. While leaves are added, an account of the young ones says whether they are found again. If
 * they are not, no more are added; the existing ones still answer. A sample of the hashes of the
 * evaluations then tells whether they repeat themselves. If most do, leaves are added again. The
 * unit of cost is an evaluation of one outcome.
 */
export class MemoPolicy {
  /** The number of the current account. */
  account = 0;
  readonly #memo: MemoSetting;
  /** What young leaves have saved: those of this account and the one before. */
  #saved = 0;
  /** What leaves have cost: in this account, and in all. */
  #spent = 0;
  #spentInAll = 0;
  /** The cost at which the account is drawn up. */
  #most: number;
  /** The sample of hashes; defined while no leaves are added. */
  #repeats: Repeats | undefined;
  #evidence = EVIDENCE;
  /** The cost of evaluations after which the sample is begun anew. */
  #patience = PATIENCE;

  /** `siblings` share the budget for a try: all labels of one name, of different actors. */
  constructor(memo: MemoSetting, siblings = 1) {
    this.#memo = memo;
    this.#most = Math.max(4, FIRST / siblings);
  }

  /** To be called when a leaf that was added in `account` saves `cost`. */
  saves(account: number, cost: number): void {
    if (this.account - account <= 1) this.#saved += cost;
  }

  /** Whether to keep an evaluation of this cost. `hash` is that of its reads. */
  shouldKeep(hash: number, cost: number): boolean {
    if (this.#memo !== 'adaptive') return this.#isKept(hash);
    if (this.#repeats === undefined) return this.#add(cost);
    const repeats = this.#repeats;
    repeats.note(hash, cost);
    if (repeats.arePlenty(this.#evidence)) {
      this.#begin(repeats, cost);
      return true;
    }
    // Old look-ups say nothing about the present ones.
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

  /** Adds leaves again. The next time needs more evidence, unless this account is good. */
  #begin(repeats: Repeats, cost: number): void {
    this.#most = Math.max(FIRST, MARGIN * repeats.distinct);
    this.#evidence *= 2;
    this.#repeats = undefined;
    this.account += 2;
    this.#saved = 0;
    this.#spent = cost;
    this.#spentInAll += cost;
  }

  /** 'sometimes' keeps one in three, at random by hash: for tests. */
  #isKept(hash: number): boolean {
    this.#spent += 1;
    if (this.#memo === 'sometimes') return Math.abs(hash + this.#spent) % 3 === 0;
    return this.#memo === 'always';
  }
}
