import type { StateProperty } from '../spec/property.ts';
import { SpecError } from '../spec/spec-error.ts';
import { DecisionTrees, NO_LEAF } from './decision-trees.ts';
import type { Machine } from './machine.ts';
import type { Names } from './names.ts';
import { evaluationsMax, growing } from './purity/growing.ts';
import type { Field } from './slots.ts';
import { Thrift } from './thrift.ts';
import type { Tracker } from './tracker.ts';
import type { Views } from './views.ts';

/** The part of a property that is judged and remembered by itself: all of it, or its test on one entry. */
export interface Clause {
  /** Undefined for a question that is no property of the scenario. */
  readonly property: StateProperty | undefined;
  /** Which part of the property it is, in words. */
  readonly part: string | undefined;
  readonly isPremise: boolean;
  readonly body: (views: Views, tracker: Tracker) => unknown;
  readonly where: string;
  /** The entry that it asks about; undefined for one that does not ask about a single entry. */
  readonly slot: number | undefined;
  readonly tree: number;
  /** Every slot that it ever read: what a step must write to be able to change its value. */
  readonly depends: Set<number>;
  readonly enumerates: Set<Field>;
  readonly thrift: Thrift;
  direct: boolean;
  lookups: number;
}

/** Tests on packed states, memoised like steps: leaf 1 is true, leaf 0 is false. */
export class Clauses {
  /** Rises whenever some clause comes to depend on a further slot. */
  version = 0;
  readonly #machine: Machine;
  readonly #names: Names;
  readonly #trees: DecisionTrees;
  readonly #all: Clause[] = [];

  constructor(machine: Machine, names: Names) {
    this.#machine = machine;
    this.#names = names;
    this.#trees = new DecisionTrees(machine.layout);
    machine.onRelayout((layout) => this.#trees.relayout(layout));
  }

  make(parts: Pick<Clause, 'property' | 'part' | 'isPremise' | 'body' | 'where' | 'slot'>): Clause {
    this.version += 1;
    const clause: Clause = {
      ...parts,
      tree: this.#trees.add(),
      depends: new Set(parts.slot === undefined ? [] : [parts.slot]),
      enumerates: new Set(),
      thrift: new Thrift(),
      direct: false,
      lookups: 0,
    };
    this.#all.push(clause);
    return clause;
  }

  /** Whether the clause holds in this state. */
  holds(clause: Clause, state: number): boolean {
    clause.lookups += 1;
    const { visited, layout } = this.#machine;
    const leaf = this.#trees.find(clause.tree, visited.words, state * layout.width);
    return leaf === NO_LEAF ? this.#evaluate(clause, state) : leaf === 1;
  }

  /** A table got a further slot: clauses that enumerate it must read it, too. */
  slotAdded(field: Field, slot: number): void {
    for (const clause of this.#all) {
      if (!clause.enumerates.has(field)) continue;
      this.#trees.drop(clause.tree);
      clause.depends.add(slot);
      this.version += 1;
    }
  }

  #evaluate(clause: Clause, state: number): boolean {
    const machine = this.#machine;
    const { tracker } = machine.evaluator;
    for (let times = 1; ; times++) {
      const slots = machine.slots.count;
      machine.lookAt(state);
      const value = machine.evaluator.test(clause.body, clause.where, machine);
      this.#depend(clause, tracker);
      if (machine.slots.count !== slots) {
        if (times < evaluationsMax) continue;
        throw growing(machine.slots, clause.where);
      }
      // One in 64 is enough where every state is evaluated.
      if (!clause.direct || state % 64 === 0) this.#askAgain(clause, value, tracker.order);
      if (clause.direct && clause.thrift.awake(clause.lookups)) clause.direct = false;
      if (!clause.direct) this.#store(clause, tracker, value);
      return value;
    }
  }

  /** Asks the remembered clauses about this state once more; throws a SpecError where one answers otherwise. */
  selfCheck(state: number): void {
    const { visited, layout } = this.#machine;
    for (const clause of this.#all) {
      const leaf = this.#trees.find(clause.tree, visited.words, state * layout.width);
      if (leaf === NO_LEAF) continue;
      this.#machine.lookAt(state);
      this.#askAgain(clause, leaf === 1, undefined);
    }
  }

  /**
   * Asks about the state that is being looked at, which gave this answer before. What was read
   * counts as well as the answer: a cache answers without reading, so that the answer would be kept
   * for other states, too.
   */
  #askAgain({ body, where }: Clause, value: boolean, read: readonly number[] | undefined): void {
    const { evaluator } = this.#machine;
    if (evaluator.test(body, where, this.#machine) !== value) throw impureTest(where);
    if (read !== undefined && !sameItems(read, evaluator.tracker.order)) throw cachedTest(where);
  }

  #depend(clause: Clause, tracker: Tracker): void {
    for (const field of tracker.enumerated) clause.enumerates.add(field);
    const before = clause.depends.size;
    for (const slot of tracker.order) clause.depends.add(slot);
    if (clause.depends.size === before) return;
    this.version += 1;
    const { property, where, slot } = clause;
    this.#names.read(tracker, property === undefined ? where : `property '${property.name}'`, slot);
  }

  #store(clause: Clause, { order, numbers }: Tracker, value: boolean): void {
    if (!this.#trees.insert(clause.tree, order, numbers, value ? 1 : 0)) {
      throw impureTest(clause.where);
    }
    if (!clause.thrift.tooDear(clause.lookups)) return;
    this.#trees.drop(clause.tree);
    clause.direct = true;
  }
}

function sameItems(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}

/** For a test of a property that does not give one answer to one question. */
export function impureTest(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: asked twice about the same, it gave two answers',
    where,
    mend: 'A property may depend on nothing but the state: look for a variable outside that changes.',
  });
}

/** For a test of a property that answers without looking, from what it has seen before. */
export function cachedTest(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: asked twice about the same, it read different things',
    where,
    mend: 'A property may depend on nothing but the state: look for a cache outside, or a variable that changes.',
  });
}
