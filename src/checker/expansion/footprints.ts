import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import { type Layout, widened } from '../state/layout.ts';
import type { Machine } from '../transitions/machine.ts';

/**
 * Which bits of a packed state each leaf reads and writes, and so which actors an outcome can
 * affect. A set of slots is `width` words in the layout of the states; a set of actors is
 * `actorWords` words. A slot without bits never changes, so it needs no place in a set.
 */
export class Footprints {
  /**
   * By leaf, from leaf * width: what it reads (including what it writes), and what any of its
   * outcomes writes.
   */
  reads = new Int32Array(0);
  writes = new Int32Array(0);
  /** By outcome, from outcome * width: what it writes. */
  written = new Int32Array(0);
  /** The number of words of a set of actors. */
  actorWords = 1;
  /** The actors whose steps are unmemoised in the current state. */
  unmemoised = new Int32Array(1);
  readonly #machine: Machine;
  /** By actor, from actor * width: what any of its leaves has read, and has written. */
  everRead = new Int32Array(0);
  everWritten = new Int32Array(0);
  /**
   * By outcome, from outcome * actorWords: the actors that it affects, and those independent of it.
   */
  #affected = new Int32Array(0);
  #independent = new Int32Array(0);
  /** By outcome, the version for which those two were computed. */
  #asOf = new Int32Array(0);
  /** Rises when an actor reads or writes more than it did before. */
  version = 1;
  /** The number of leaves that are included. */
  #known = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#startAgain();
    machine.onRelayout(() => this.#startAgain());
  }

  get bytes(): number {
    const byLeaf = this.reads.byteLength + this.writes.byteLength;
    const byActor = this.everRead.byteLength + this.everWritten.byteLength;
    const sets = this.#affected.byteLength + this.#independent.byteLength;
    return byLeaf + byActor + sets + this.written.byteLength + this.#asOf.byteLength;
  }

  /** Includes leaves and actors that were added since. */
  catchUp(): void {
    const { leaves, actors, actorOf } = this.#machine;
    const words = (actors.length + 31) >>> 5;
    if (words > this.actorWords) this.#widen(words);
    for (; this.#known < leaves.count; this.#known++) {
      const actor = actorOf[this.#known] as number;
      if (actor >= 0) this.#add(this.#known, actor);
    }
  }

  /** Includes what an unmemoised evaluation writes. What it reads is unknown. */
  fillUnmemoised(leaf: number): void {
    this.#reserve(leaf);
    this.#writeOutcomes(leaf);
  }

  /** Recomputes the sets of actors of an outcome for the current version. */
  refresh(outcome: number, leaf: number): void {
    if (this.#asOf[outcome] === this.version) return;
    this.#asOf[outcome] = this.version;
    const words = this.actorWords;
    this.#affected.fill(0, outcome * words, (outcome + 1) * words);
    this.#independent.fill(0, outcome * words, (outcome + 1) * words);
    const { width } = this.#machine.layout;
    for (let actor = 0; actor < this.#machine.actors.length; actor++) {
      const at = outcome * words + (actor >>> 5);
      const bit = 1 << (actor & 31);
      const isAffected = meet(this.written, outcome, this.everRead, actor, width);
      if (isAffected) this.#affected[at] = (this.#affected[at] as number) | bit;
      if (isAffected || meet(this.reads, leaf, this.everWritten, actor, width)) continue;
      this.#independent[at] = (this.#independent[at] as number) | bit;
    }
  }

  /** Word `word` of the set of actors with a leaf that reads what the outcome writes. */
  affected(outcome: number, word: number): number {
    return this.#affected[outcome * this.actorWords + word] as number;
  }

  /**
   * Word `word` of the set of actors that neither read what the outcome writes nor write what its
   * leaf reads.
   */
  independent(outcome: number, word: number): number {
    return this.#independent[outcome * this.actorWords + word] as number;
  }

  /** True when the outcome writes something that the leaf of another actor reads. */
  disturbs(outcome: number, leaf: number): boolean {
    return meet(this.written, outcome, this.reads, leaf, this.#machine.layout.width);
  }

  /** True when the leaf `writer` may write something that the leaf `reader` reads. */
  mayDisturb(writer: number, reader: number): boolean {
    return meet(this.writes, writer, this.reads, reader, this.#machine.layout.width);
  }

  /** Marks an actor whose steps are unmemoised in the current state. */
  setUnmemoised(actor: number): void {
    const word = actor >>> 5;
    this.unmemoised[word] = (this.unmemoised[word] as number) | (1 << (actor & 31));
  }

  #add(leaf: number, actor: number): void {
    const { leaves, layout } = this.#machine;
    const { width } = layout;
    this.#reserve(leaf);
    const { order } = leaves.evaluated[leaf] as Evaluated;
    for (const slot of order) setBits(this.reads, leaf * width, slot, layout);
    this.#writeOutcomes(leaf);
    this.#include(this.everRead, actor, this.reads, leaf);
    this.#include(this.everWritten, actor, this.writes, leaf);
  }

  /** Adds the reads or writes of a leaf to those of its actor. */
  #include(ever: Int32Array, actor: number, set: Int32Array, leaf: number): void {
    const { width } = this.#machine.layout;
    for (let word = 0; word < width; word++) {
      const before = ever[actor * width + word] as number;
      const after = before | (set[leaf * width + word] as number);
      if (after === before) continue;
      ever[actor * width + word] = after;
      this.version += 1;
    }
  }

  #writeOutcomes(leaf: number): void {
    const { leaves, layout } = this.#machine;
    const { width } = layout;
    const first = leaves.first[leaf] as number;
    const last = first + (leaves.changing[leaf] as number);
    this.#reserveOutcomes(last);
    for (let outcome = first; outcome < last; outcome++) {
      this.#asOf[outcome] = 0;
      this.written.fill(0, outcome * width, (outcome + 1) * width);
      const { writes } = leaves.outcomes[outcome] as Outcome;
      for (let i = 0; i < writes.length; i += 2) {
        setBits(this.written, outcome * width, writes[i] as number, layout);
        setBits(this.writes, leaf * width, writes[i] as number, layout);
        // A written slot counts as read, even where the evaluation does not list it.
        setBits(this.reads, leaf * width, writes[i] as number, layout);
      }
    }
  }

  #startAgain(): void {
    this.#known = 0;
    this.version += 1;
    const { width } = this.#machine.layout;
    const actors = 32 * this.actorWords;
    this.everRead = new Int32Array(actors * width);
    this.everWritten = new Int32Array(actors * width);
    this.reads.fill(0);
    this.writes.fill(0);
    this.#reserve(Math.max(0, this.#machine.leaves.count - 1));
    this.#reserveOutcomes(this.#machine.leaves.outcomes.length);
  }

  #widen(words: number): void {
    const { width } = this.#machine.layout;
    this.actorWords = words;
    this.unmemoised = widened(this.unmemoised, words);
    this.everRead = widened(this.everRead, 32 * words * width);
    this.everWritten = widened(this.everWritten, 32 * words * width);
    this.#affected = new Int32Array(this.#asOf.length * words);
    this.#independent = new Int32Array(this.#asOf.length * words);
    this.version += 1;
  }

  #reserve(leaf: number): void {
    const needed = (leaf + 1) * this.#machine.layout.width;
    if (needed <= this.reads.length) return;
    this.reads = widened(this.reads, 2 * needed);
    this.writes = widened(this.writes, 2 * needed);
  }

  #reserveOutcomes(outcomes: number): void {
    const { width } = this.#machine.layout;
    if (outcomes * width > this.written.length) {
      this.written = widened(this.written, 2 * outcomes * width);
    }
    if (outcomes <= this.#asOf.length) return;
    this.#asOf = widened(this.#asOf, 2 * outcomes);
    this.#affected = widened(this.#affected, 2 * outcomes * this.actorWords);
    this.#independent = widened(this.#independent, 2 * outcomes * this.actorWords);
  }
}

function setBits(set: Int32Array, at: number, slot: number, { word, shift, mask }: Layout): void {
  const place = at + (word[slot] as number);
  set[place] = (set[place] as number) | ((mask[slot] as number) << (shift[slot] as number));
}

/** True if set `i` of one array and set `j` of the other share a bit. */
function meet(one: Int32Array, i: number, other: Int32Array, j: number, width: number): boolean {
  for (let word = 0; word < width; word++) {
    if (((one[i * width + word] as number) & (other[j * width + word] as number)) !== 0)
      return true;
  }
  return false;
}
