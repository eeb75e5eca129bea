import type { Evaluated } from '../evaluate/evaluated.ts';
import type { Tracker } from '../evaluate/tracker.ts';
import type { MemoSetting } from '../result/options.ts';
import { NO_LEAF } from './decision-trees.ts';
import { MemoPolicy } from './memo-policy.ts';

/** One expanded state in so many is sampled for found leaves; small searches sample more. */
const STRIDE_MIN = 8;
const STRIDE_MAX = 64;
/** The largest number of states sampled at once, however many were expanded meanwhile. */
const SAMPLES_MAX = 16;
/** A larger memo is forgotten as a whole. */
const BYTES_MAX = 1 << 28;

/** A part of the memo beside the leaves of steps. */
export interface MemoPart {
  readonly bytes: number;
  forget(): void;
}

/** The parts of the machine that are read here. */
interface Known {
  readonly actors: readonly unknown[];
  readonly visited: { readonly count: number };
  readonly counters: { readonly expansions: number };
  readonly memoBytes: number;
  knownLeaf(actor: number, state: number): number;
}

/**
 * Decides which steps are kept, for each label of each actor. Look-ups cannot be counted, because
 * most are not made (docs/adr/0020). A sample of the expanded states tells how many there would be.
 */
export class StepMemoPolicy {
  readonly #memo: MemoSetting;
  /** By actor, and by place in the text of the model. */
  readonly #of: Map<string, MemoPolicy>[] = [];
  readonly #siblings = new Map<string, number>();
  /**
   * By leaf, except unmemoised ones: its policy, the account in which it was added, and its cost.
   */
  readonly #policyOf: (MemoPolicy | undefined)[] = [];
  readonly #accountOf: number[] = [];
  readonly #costOf: number[] = [];
  #sampled = 0;
  #next = STRIDE_MIN;

  constructor(memo: MemoSetting) {
    this.#memo = memo;
  }

  /** Whether to keep this evaluation of an actor. `tracker` knows its reads. */
  shouldKeep(actor: number, evaluated: Evaluated, tracker: Tracker): boolean {
    if (this.#memo === 'off') return false;
    return this.#policy(actor, evaluated.where).shouldKeep(tracker.hash, costOf(evaluated));
  }

  /** To be called with the leaf of an evaluation that is kept. */
  added(leaf: number, actor: number, evaluated: Evaluated): void {
    const policy = this.#policy(actor, evaluated.where);
    this.#policyOf[leaf] = policy;
    this.#accountOf[leaf] = policy.account;
    this.#costOf[leaf] = costOf(evaluated);
  }

  /**
   * To be called between expansions. Returns true where the memo has grown too large and must be
   * forgotten.
   */
  review(known: Known): boolean {
    if (known.counters.expansions < this.#next) return false;
    const usual = Math.min(STRIDE_MAX, Math.max(STRIDE_MIN, known.counters.expansions >>> 6));
    this.#sample(known, usual);
    this.#next = known.counters.expansions + usual;
    if (this.#memo === 'sometimes') return known.counters.expansions % 5 === 0;
    return known.memoBytes > BYTES_MAX;
  }

  /** To be called when leaves are forgotten, because their numbers begin anew. */
  forget(): void {
    this.#policyOf.length = 0;
    this.#accountOf.length = 0;
    this.#costOf.length = 0;
  }

  /**
   * Counts the leaves found in a sample of the expanded states, which come nearly in the order of
   * their numbers.
   */
  #sample(known: Known, usual: number): void {
    const end = Math.min(known.counters.expansions, known.visited.count);
    const stride = Math.max(usual, Math.ceil((end - this.#sampled) / SAMPLES_MAX));
    for (let state = this.#sampled + (stride >>> 1); state < end; state += stride) {
      for (let actor = 0; actor < known.actors.length; actor++) {
        const leaf = known.knownLeaf(actor, state);
        if (leaf === NO_LEAF) continue;
        const saved = stride * (this.#costOf[leaf] as number);
        this.#policyOf[leaf]?.saves(this.#accountOf[leaf] as number, saved);
      }
    }
    this.#sampled = end;
  }

  #policy(actor: number, where: string): MemoPolicy {
    while (this.#of.length <= actor) this.#of.push(new Map());
    const byWhere = this.#of[actor] as Map<string, MemoPolicy>;
    const known = byWhere.get(where);
    if (known !== undefined) return known;
    const siblings = (this.#siblings.get(where) ?? 0) + 1;
    this.#siblings.set(where, siblings);
    const made = new MemoPolicy(this.#memo, siblings);
    byWhere.set(where, made);
    return made;
  }
}

/** The recipe runs once for each outcome, after one run for its reads. */
function costOf({ outcomes }: Evaluated): number {
  return 1 + outcomes.length;
}
