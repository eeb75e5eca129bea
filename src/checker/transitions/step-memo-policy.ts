import type { Evaluated } from '../evaluate/evaluated.ts';
import type { Tracker } from '../evaluate/tracker.ts';
import type { MemoSetting } from '../result/options.ts';
import { NO_LEAF } from './decision-trees.ts';
import { MemoPolicy } from './memo-policy.ts';

/** One state in so many is looked at to see which leaves are found: in small searches more. */
const STRIDE_MIN = 8;
const STRIDE_MAX = 64;
/** States that are looked at in one go, however many were expanded meanwhile. */
const SAMPLES_MAX = 16;
/** Where what is remembered takes more bytes than this, all of it is forgotten. */
const BYTES_MAX = 1 << 28;

/** Something that is remembered, besides the leaves of steps. */
export interface MemoPart {
  readonly bytes: number;
  forget(): void;
}

/** What is asked of the machine. */
interface Known {
  readonly actors: readonly unknown[];
  readonly visited: { readonly count: number };
  readonly counters: { readonly expansions: number };
  readonly memoBytes: number;
  knownLeaf(actor: number, state: number): number;
}

/**
 * Which steps are remembered: decided for each label of each actor. Look-ups are not counted, since
 * most are not made (ADR 20); a sample of the expanded states tells how many there would be.
 */
export class StepMemoPolicy {
  readonly #memo: MemoSetting;
  /** By actor, where it stands in the text of the model. */
  readonly #of: Map<string, MemoPolicy>[] = [];
  readonly #siblings = new Map<string, number>();
  /** By leaf, except unmemoised ones; the account is that in which the leaf was added. */
  readonly #policyOf: (MemoPolicy | undefined)[] = [];
  readonly #accountOf: number[] = [];
  readonly #costOf: number[] = [];
  #sampled = 0;
  #next = STRIDE_MIN;

  constructor(memo: MemoSetting) {
    this.#memo = memo;
  }

  /** Whether to remember what this actor has just done; `tracker` knows what it read. */
  shouldKeep(actor: number, evaluated: Evaluated, tracker: Tracker): boolean {
    if (this.#memo === 'off') return false;
    return this.#policy(actor, evaluated.where).shouldKeep(tracker.hash, costOf(evaluated));
  }

  /** To be told of the leaf of what was just admitted. */
  added(leaf: number, actor: number, evaluated: Evaluated): void {
    const policy = this.#policy(actor, evaluated.where);
    this.#policyOf[leaf] = policy;
    this.#accountOf[leaf] = policy.account;
    this.#costOf[leaf] = costOf(evaluated);
  }

  /**
   * To be called between expansions; true where what is remembered has become too much, so that it
   * is to be forgotten.
   */
  review(known: Known): boolean {
    if (known.counters.expansions < this.#next) return false;
    const usual = Math.min(STRIDE_MAX, Math.max(STRIDE_MIN, known.counters.expansions >>> 6));
    this.#sample(known, usual);
    this.#next = known.counters.expansions + usual;
    if (this.#memo === 'sometimes') return known.counters.expansions % 5 === 0;
    return known.memoBytes > BYTES_MAX;
  }

  /** Leaves have new numbers from now on. */
  forget(): void {
    this.#policyOf.length = 0;
    this.#accountOf.length = 0;
    this.#costOf.length = 0;
  }

  /** States are expanded in the order of their numbers, or nearly so. */
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

/** The recipe is run once for each outcome, and what it reads is looked at before. */
function costOf({ outcomes }: Evaluated): number {
  return 1 + outcomes.length;
}
