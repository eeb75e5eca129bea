import { type Evaluated, NOTHING_DONE, type Outcome, tellsReads } from '../evaluate/evaluated.ts';
import type { NumberSource } from '../evaluate/tracker.ts';
import { type Layout, widened } from '../state/layout.ts';

const LEAF_BYTES = 400;
const OUTCOME_BYTES = 160;

/**
 * The outcomes of steps, ready for the search. Each leaf has the outcomes that change something,
 * each as the mask that turns a packed state into its successor. Outcomes that change nothing are
 * only counted.
 */
export class Leaves {
  /** By leaf: the first outcome, and the number of those that change something. */
  first = new Int32Array(32);
  changing = new Int32Array(32);
  /** By leaf: the number of outcomes that change nothing. */
  idle = new Int32Array(32);
  /** The mask of outcome o lies in the words from o * width. */
  masks: Int32Array<ArrayBuffer>;
  /** The outcome of each number, for its writes and picks. */
  readonly outcomes: Outcome[] = [];
  /** By leaf: its evaluation. */
  readonly evaluated: Evaluated[] = [];
  /** By leaf: the room for outcomes, so that a scratch leaf can be filled again in place. */
  readonly #room: number[] = [];
  #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.masks = new Int32Array(32 * layout.width);
  }

  get count(): number {
    return this.evaluated.length;
  }

  /** An estimate of what evaluations and outcomes take beside their numbers. */
  get bytes(): number {
    const { first, changing, idle, masks, outcomes } = this;
    const arrays = first.byteLength + changing.byteLength + idle.byteLength + masks.byteLength;
    return arrays + LEAF_BYTES * this.count + OUTCOME_BYTES * outcomes.length;
  }

  /** Adds a leaf and returns its number. */
  add(evaluated: Evaluated): number {
    const leaf = this.evaluated.push(NOTHING_DONE) - 1;
    if (leaf === this.first.length) {
      this.first = widened(this.first, 2 * leaf);
      this.changing = widened(this.changing, 2 * leaf);
      this.idle = widened(this.idle, 2 * leaf);
    }
    this.#room.push(0);
    this.fill(leaf, evaluated);
    return leaf;
  }

  /**
   * Puts another evaluation into a leaf. `source` gives the values before where the evaluation does
   * not list its reads.
   */
  fill(leaf: number, evaluated: Evaluated, source?: NumberSource): void {
    const { outcomes } = evaluated;
    let changing = 0;
    for (let i = 0; i < outcomes.length; i++) {
      if ((outcomes[i] as Outcome).writes.length > 0) changing += 1;
    }
    this.evaluated[leaf] = evaluated;
    this.changing[leaf] = changing;
    this.idle[leaf] = outcomes.length - changing;
    if (changing > (this.#room[leaf] as number)) {
      this.first[leaf] = this.outcomes.length;
      this.#room[leaf] = changing;
    }
    let at = this.first[leaf] as number;
    for (let i = 0; i < outcomes.length; i++) {
      const outcome = outcomes[i] as Outcome;
      if (outcome.writes.length === 0) continue;
      this.outcomes[at] = outcome;
      this.#writeMask(at, outcome, source ?? numbersRead(evaluated));
      at += 1;
    }
  }

  /** Puts an evaluation without outcomes into a leaf. */
  empty(leaf: number, evaluated: Evaluated): void {
    this.evaluated[leaf] = evaluated;
    this.changing[leaf] = 0;
    this.idle[leaf] = 0;
  }

  /** Forgets all leaves. The numbers of leaves and outcomes begin anew. */
  reset(): void {
    this.outcomes.length = 0;
    this.evaluated.length = 0;
    this.#room.length = 0;
    this.first = new Int32Array(32);
    this.changing = new Int32Array(32);
    this.idle = new Int32Array(32);
    this.masks = new Int32Array(32 * this.#layout.width);
  }

  /** True when the step of this leaf is enabled. */
  enabled(leaf: number): boolean {
    return (this.changing[leaf] as number) + (this.idle[leaf] as number) > 0;
  }

  /** Computes all masks for another layout. Outcome numbers change. */
  relayout(layout: Layout): void {
    this.#layout = layout;
    this.outcomes.length = 0;
    this.#room.fill(0);
    this.masks = new Int32Array(Math.max(32, this.masks.length));
    for (const [leaf, evaluated] of this.evaluated.entries()) {
      // An unmemoised evaluation does not list its reads. Its leaf is filled anew at the next use.
      this.fill(leaf, tellsReads(evaluated) ? evaluated : NOTHING_DONE);
    }
  }

  #writeMask(outcome: number, { writes }: Outcome, source: NumberSource): void {
    const { width, word, shift } = this.#layout;
    const at = outcome * width;
    if (at + width > this.masks.length) this.masks = widened(this.masks, 2 * (at + width));
    for (let w = 0; w < width; w++) this.masks[at + w] = 0;
    for (let i = 0; i < writes.length; i += 2) {
      const slot = writes[i] as number;
      const before = source.numberOf(slot);
      const after = writes[i + 1] as number;
      const w = at + (word[slot] as number);
      this.masks[w] = (this.masks[w] as number) ^ ((before ^ after) << (shift[slot] as number));
    }
  }
}

/** The reads of an evaluation, as a source of numbers. */
function numbersRead({ order, numbers }: Evaluated): NumberSource {
  return { numberOf: (slot) => numbers[order.indexOf(slot)] as number };
}
