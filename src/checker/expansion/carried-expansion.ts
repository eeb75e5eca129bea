import { lowBits } from '../state/layout.ts';
import { NO_LEAF } from '../transitions/decision-trees.ts';
import type { Around, Expansion } from './expansion.ts';
import { Footprints } from './footprints.ts';
import { Records } from './records.ts';

/**
 * An expansion for breadth-first search. Most facts about a state follow from its predecessor:
 * which actors can do something, unless the step wrote what they read, and which of their steps
 * lead to stored states. Those steps are counted without a look-up. docs/adr/0020 proves that
 * numbers, parents, levels and counts are those of the plain expansion.
 */
export class CarriedExpansion implements Expansion {
  readonly #around: Around;
  readonly footprints: Footprints;
  readonly records: Records;
  /** Of states before this one, only the actors that need no look-up are known. */
  freshBefore = 0;
  /** The facts about the current state: the three sets of its record, and the count. */
  #movers = new Int32Array(1);
  #skipped = new Int32Array(1);
  #unknown = new Int32Array(1);
  #steps = 0;
  /**
   * Actors that must be looked at again in the next state, because they are evaluated there anew,
   * or because a property about their steps depends on the state. Their steps are counted apart.
   */
  #restless = new Int32Array(1);
  #restlessSteps = 0;
  /** By actor: its leaf in the state in which it was last looked for. */
  readonly #leafAt: number[] = [];
  readonly #leafFor: number[] = [];
  /** The disturbances of the machine when the current state was begun. */
  #disturbances = -1;

  constructor(around: Around) {
    this.#around = around;
    this.footprints = new Footprints(around.machine);
    this.records = new Records(1);
  }

  get bytes(): number {
    return this.records.bytes + this.footprints.bytes;
  }

  expand(state: number): void {
    const { counts } = this.#around;
    this.prepare(state);
    this.#begin(state);
    const words = this.footprints.actorWords;
    for (let word = 0; word < words; word++) {
      let open = (this.#movers[word] as number) | (this.#unknown[word] as number);
      for (; open !== 0; open &= open - 1) {
        const bit = open & -open;
        this.#visit(state, word, bit);
      }
    }
    counts.generated += this.#steps + this.#restlessSteps;
    if (!this.#hasOwnMove(words)) this.#judgeEnd(state);
    this.#noteDisturbance();
  }

  /** Updates the facts about actors and waiting states before a state is expanded. */
  prepare(state: number): void {
    // Samples and properties drop trees between two expansions, too.
    this.#noteDisturbance();
    this.footprints.catchUp();
    this.footprints.unmemoised.fill(0);
    const { count } = this.#around.machine.visited;
    this.records.widen(state, count, this.footprints.actorWords);
    this.records.reserve(state, count);
  }

  /** After trees were dropped, looks at everything anew, because old leaves may be gone. */
  #noteDisturbance(): void {
    const { machine } = this.#around;
    if (machine.disturbances === this.#disturbances) return;
    this.#disturbances = machine.disturbances;
    this.freshBefore = machine.visited.count;
  }

  /** Takes over the facts about a state. */
  #begin(state: number): void {
    const words = this.footprints.actorWords;
    const actors = this.#around.machine.actors.length;
    if (words > this.#movers.length) this.#widen(words);
    const at = this.records.at(state);
    const record = this.records.words;
    const isFresh = state < this.freshBefore;
    this.#restlessSteps = 0;
    this.#steps = isFresh ? 0 : (record[at] as number);
    for (let word = 0; word < words; word++) {
      const all = lowBits(actors - 32 * word);
      const unknown = isFresh ? all : (record[at + 1 + 2 * words + word] as number) & all;
      this.#skipped[word] = record[at + 1 + words + word] as number;
      this.#movers[word] = (record[at + 1 + word] as number) & ~unknown;
      this.#unknown[word] = unknown;
      this.#restless[word] = 0;
    }
  }

  #widen(words: number): void {
    this.#movers = new Int32Array(words);
    this.#skipped = new Int32Array(words);
    this.#unknown = new Int32Array(words);
    this.#restless = new Int32Array(words);
  }

  #visit(state: number, word: number, bit: number): void {
    const actor = actorAt(word, bit);
    let leaf: number;
    if (((this.#unknown[word] as number) & bit) !== 0) {
      leaf = this.#find(state, actor, word, bit);
    } else if (((this.#skipped[word] as number) & bit) !== 0) return;
    else leaf = this.#leafOf(state, actor);
    if (((this.#movers[word] as number) & bit) === 0) return;
    if (((this.#skipped[word] as number) & bit) === 0) this.#follow(state, actor, leaf);
  }

  /** Finds the leaf of an actor about which nothing is known. */
  #find(state: number, actor: number, word: number, bit: number): number {
    const { machine, stepChecker } = this.#around;
    const leaf = machine.leafOf(actor, state);
    this.footprints.catchUp();
    const isUnmemoised = machine.isUnmemoised(leaf);
    if (isUnmemoised) {
      this.footprints.setUnmemoised(actor);
      this.footprints.fillUnmemoised(leaf);
    }
    this.#keep(state, actor, leaf);
    const changing = machine.leaves.changing[leaf] as number;
    const steps = changing + (machine.leaves.idle[leaf] as number);
    const isSettled = steps === 0 || stepChecker?.judge(state, actor, leaf) !== false;
    if (isSettled && !isUnmemoised) this.#steps += steps;
    else {
      this.#restless[word] = (this.#restless[word] as number) | bit;
      this.#restlessSteps += steps;
    }
    this.#unknown[word] = (this.#unknown[word] as number) & ~bit;
    if (changing > 0) this.#movers[word] = (this.#movers[word] as number) | bit;
    return leaf;
  }

  /** The leaf of an actor that was looked for in this state or an earlier one. */
  #leafOf(state: number, actor: number): number {
    if (this.#leafFor[actor] === state) return this.#leafAt[actor] as number;
    const { machine } = this.#around;
    // The leaf is missing where its tree was dropped during this expansion.
    const leaf = machine.leafOf(actor, state);
    this.footprints.catchUp();
    this.#keep(state, actor, leaf);
    return leaf;
  }

  #keep(state: number, actor: number, leaf: number): void {
    this.#leafAt[actor] = leaf;
    this.#leafFor[actor] = state;
  }

  #follow(state: number, actor: number, leaf: number): void {
    const { machine, frontier, stateChecker, statesMax, cutOff } = this.#around;
    const { leaves, visited, layout } = machine;
    const first = leaves.first[leaf] as number;
    const last = first + (leaves.changing[leaf] as number);
    for (let outcome = first; outcome < last; outcome++) {
      const known = visited.count;
      const next = visited.offer(state, leaves.masks, outcome * layout.width, known < statesMax);
      if (next === known) {
        this.#record(next, state, actor, leaf, outcome);
        stateChecker.judge(next, outcome);
      } else if (next < 0) cutOff();
      else frontier.revisited(next, state, visited);
    }
  }

  /** Writes the record of a new state. */
  #record(next: number, state: number, actor: number, leaf: number, outcome: number): void {
    const { machine } = this.#around;
    this.records.reserve(state, next + 1);
    const at = this.records.at(next);
    const record = this.records.words;
    const words = this.#movers.length;
    if (machine.disturbances !== this.#disturbances) {
      record.fill(0, at, at + 1 + 3 * words);
      return;
    }
    if (this.#nothingIsKnown(words)) {
      record.fill(0, at, at + 1 + 2 * words).fill(-1, at + 1 + 2 * words, at + 1 + 3 * words);
      return;
    }
    this.footprints.refresh(outcome, leaf);
    record[at] = this.#steps;
    for (let word = 0; word < words; word++) {
      this.#recordSkipped(at + 1 + words + word, state, actor, leaf, outcome, word);
      record[at + 1 + word] = this.#movers[word] as number;
      const unknown = (this.#unknown[word] as number) | (this.#restless[word] as number);
      record[at + 1 + 2 * words + word] = unknown;
      let affected = this.footprints.affected(outcome, word) & ~unknown;
      for (; affected !== 0; affected &= affected - 1) {
        const bit = affected & -affected;
        this.#recordAffected(at, next, state, outcome, word, bit);
      }
    }
  }

  /** True where the steps of no actor are known. */
  #nothingIsKnown(words: number): boolean {
    const { actors } = this.#around.machine;
    for (let word = 0; word < words; word++) {
      const open = (this.#unknown[word] as number) | (this.footprints.unmemoised[word] as number);
      if (open !== lowBits(actors.length - 32 * word)) return false;
    }
    return true;
  }

  /** Adds the actors whose leaf read something that the step wrote. */
  #recordAffected(
    at: number,
    next: number,
    state: number,
    outcome: number,
    word: number,
    bit: number,
  ): void {
    const { machine, stepChecker } = this.#around;
    const { changing, idle } = machine.leaves;
    const record = this.records.words;
    const actor = actorAt(word, bit);
    const before = this.#leafOf(state, actor);
    if (!this.footprints.disturbs(outcome, before)) return;
    const movers = at + 1 + word;
    const unknown = movers + 2 * this.#movers.length;
    let steps = (record[at] as number) - (changing[before] as number) - (idle[before] as number);
    const after = machine.knownLeaf(actor, next);
    record[movers] = (record[movers] as number) & ~bit;
    const isKnown = after !== NO_LEAF && stepChecker?.isSettled(after) !== false;
    if (!isKnown) record[unknown] = (record[unknown] as number) | bit;
    else {
      steps += (changing[after] as number) + (idle[after] as number);
      if ((changing[after] as number) > 0) record[movers] = (record[movers] as number) | bit;
    }
    record[at] = steps;
  }

  /** Adds the actors whose steps from the new state need no look-up. */
  #recordSkipped(
    place: number,
    state: number,
    actor: number,
    leaf: number,
    outcome: number,
    word: number,
  ): void {
    const footprints = this.footprints;
    const unmemoised = footprints.unmemoised[word] as number;
    // Actors before this one were followed or skipped. The actor itself is in neither set, because
    // a skipped step is not followed.
    const known = (this.#skipped[word] as number) | lowBits(actor - 32 * word);
    let candidates = known & (this.#movers[word] as number) & ~unmemoised;
    // An unmemoised evaluation does not list its reads.
    if (this.#around.machine.isUnmemoised(leaf)) candidates = 0;
    const certain = footprints.independent(outcome, word);
    let skipped = candidates & certain;
    let open = candidates & ~certain;
    for (; open !== 0; open &= open - 1) {
      const bit = open & -open;
      const other = this.#leafOf(state, actorAt(word, bit));
      if (footprints.disturbs(outcome, other) || footprints.mayDisturb(other, leaf)) continue;
      skipped |= bit;
    }
    this.records.words[place] = skipped;
  }

  #hasOwnMove(words: number): boolean {
    const { isFault } = this.#around.machine;
    for (let word = 0; word < words; word++) {
      let movers = this.#movers[word] as number;
      for (; movers !== 0; movers &= movers - 1) {
        if (isFault[actorAt(word, movers & -movers)] !== true) return true;
      }
    }
    return false;
  }

  /** For a state in which only faults change anything: judges whether anything else is enabled. */
  #judgeEnd(state: number): void {
    const { machine, ends } = this.#around;
    let isStuck = true;
    for (let actor = 0; isStuck && actor < machine.actors.length; actor++) {
      if (machine.isFault[actor] === true) continue;
      isStuck = !machine.leaves.enabled(machine.leafOf(actor, state));
    }
    ends.judge(state, isStuck);
  }
}

/** The actor of a single bit in a word of a set. */
function actorAt(word: number, bit: number): number {
  return 32 * word + 31 - Math.clz32(bit);
}
