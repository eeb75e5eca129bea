import type { AnyLeaf } from '../../spec/property.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { TableUses } from '../evaluate/table-uses.ts';
import type { Tracker } from '../evaluate/tracker.ts';
import type { Views } from '../evaluate/views.ts';
import { evaluationsMax, growing } from '../purity/growing.ts';
import { dependsOnOrder } from '../purity/other-order.ts';
import type { Field } from '../state/slots.ts';
import { DecisionTrees, NO_LEAF } from '../transitions/decision-trees.ts';
import type { Machine } from '../transitions/machine.ts';
import { MemoPolicy } from '../transitions/memo-policy.ts';
import type { Place, Question } from './bodies.ts';
import type { Names } from './names.ts';
import type { Owner, Readers } from './readers.ts';
import { askSeen } from './seen.ts';

/**
 * A function of the model that is asked of a state, perhaps about an entry, and is remembered by
 * itself.
 */
interface Operand {
  readonly question: Question;
  readonly ask: (views: Views) => boolean;
  /** The entries that it is given: it does not ask for them by name. */
  readonly given: ReadonlySet<number>;
  readonly tree: number;
  /** Every slot that it ever read: what a step must write to be able to change its value. */
  readonly depends: Set<number>;
  readonly enumerates: Set<Field>;
  readonly owners: Set<Owner>;
  readonly policy: MemoPolicy;
  readonly uses: TableUses;
  /** True while no answer is remembered. */
  isDirect: boolean;
  lookups: number;
  /** The state in which it was asked last, and what it answered. */
  state: number;
  answer: boolean;
}

/** Of the evaluations that go through a table, so many are done in another order of its entries. */
export const ORDERS_FIRST = 16;
export const ORDERS_LATER = 16;

/** Tests on packed states, memoised like steps: leaf 1 is true, leaf 0 is false. */
export class Operands {
  readonly #machine: Machine;
  readonly #names: Names;
  readonly #readers: Readers;
  readonly #trees: DecisionTrees;
  readonly #all: Operand[] = [];
  /** By the function and the entries that it is given. */
  readonly #byContent = new Map<AnyLeaf, Map<string, Operand>>();

  constructor(machine: Machine, names: Names, readers: Readers) {
    this.#machine = machine;
    this.#names = names;
    this.#readers = readers;
    this.#trees = new DecisionTrees(machine.layout);
    machine.onRelayout((layout) => this.#trees.relayout(layout));
    machine.remembers(this);
  }

  get bytes(): number {
    return this.#trees.bytes;
  }

  /** Forgets what was answered. */
  forget(): void {
    for (const { tree } of this.#all) this.#trees.drop(tree);
  }

  /** The answer to a question about this state. Throws what the test throws. */
  holds(question: Question, state: number): boolean {
    // Nothing else is held for a question about a state.
    const operand = (question.held as Operand | undefined) ?? this.#take(question);
    if (operand.state === state) return operand.answer;
    operand.lookups += 1;
    const { visited, layout } = this.#machine;
    const leaf = this.#trees.find(operand.tree, visited.words, state * layout.width);
    const answer = leaf === NO_LEAF ? this.#evaluate(operand, state) : leaf === 1;
    if (leaf !== NO_LEAF) operand.policy.saves(operand.policy.account, 1);
    operand.state = state;
    operand.answer = answer;
    return answer;
  }

  /** A table got a further slot: operands that enumerate it must read it, too. */
  slotAdded(field: Field, slot: number): void {
    for (const operand of this.#all) {
      if (!operand.enumerates.has(field)) continue;
      this.#trees.drop(operand.tree);
      this.#depend(operand, slot);
    }
  }

  /**
   * Asks what is remembered of this state once more; throws a SpecError where one answers
   * otherwise.
   */
  selfCheck(state: number): void {
    const { visited, layout } = this.#machine;
    for (const operand of this.#all) {
      const leaf = this.#trees.find(operand.tree, visited.words, state * layout.width);
      if (leaf === NO_LEAF) continue;
      this.#machine.lookAt(state);
      this.#askAgain(operand, leaf === 1, undefined);
    }
  }

  /** The operand of a question that was not asked before: perhaps another part asks the same. */
  #take(question: Question): Operand {
    const { test, place, owner } = question;
    const byPlace = this.#byContent.get(test) ?? new Map<string, Operand>();
    this.#byContent.set(test, byPlace);
    const key = keyOf(place);
    const operand = byPlace.get(key) ?? this.#make(question);
    byPlace.set(key, operand);
    question.held = operand;
    // Whoever asks here is the checker, whose owners are all of this class.
    const asker = owner as Owner;
    if (!operand.owners.has(asker)) {
      operand.owners.add(asker);
      for (const slot of operand.depends) this.#readers.add(slot, asker);
    }
    return operand;
  }

  #make(question: Question): Operand {
    const given = new Set<number>();
    for (let at = question.place; at !== undefined; at = at.outer) given.add(at.slot);
    const operand: Operand = {
      question,
      ask: (views) => askSeen(question, views),
      given,
      tree: this.#trees.add(),
      depends: new Set(),
      enumerates: new Set(),
      owners: new Set(),
      policy: new MemoPolicy(this.#machine.memo),
      uses: new TableUses({ countsGets: false, atOnce: this.#machine.memo === 'sometimes' }),
      isDirect: false,
      lookups: 0,
      state: -1,
      answer: false,
    };
    this.#all.push(operand);
    return operand;
  }

  #evaluate(operand: Operand, state: number): boolean {
    const { slots } = this.#machine;
    for (let times = 1; ; times++) {
      const count = slots.count;
      const value = this.#evaluateOnce(operand, state);
      // A slot that appeared meanwhile may belong to a table that was gone through before.
      if (slots.count === count) return value;
      if (times === evaluationsMax) throw growing(slots, operand.question.where);
    }
  }

  /** What is read becomes a part of the operand unless a slot appears meanwhile. */
  #evaluateOnce(operand: Operand, state: number): boolean {
    const machine = this.#machine;
    const { tracker } = machine.evaluator;
    const count = machine.slots.count;
    machine.lookAt(state);
    const { ask, question, uses } = operand;
    const value = machine.evaluator.test(ask, question.where, machine, uses, operand.isDirect);
    this.#note(operand, tracker);
    const isKept = operand.policy.shouldKeep(tracker.hash, 1);
    operand.isDirect = !isKept;
    // One in 64 is enough where every state is evaluated.
    if (!isKept && state % 64 !== 0) return value;
    if (tracker.readsWhole) this.#askAgain(operand, value, undefined);
    const read = tracker.order;
    this.#askInOtherOrder(operand, state, value);
    if (machine.slots.count !== count) return value;
    this.#askAgain(operand, value, read);
    if (isKept) this.#store(operand, tracker, value);
    return value;
  }

  /** No state keeps the order in which entries were added. */
  #askInOtherOrder(operand: Operand, state: number, value: boolean): void {
    const { ask, question } = operand;
    const { evaluator, keys } = this.#machine;
    if (keys === 'sorted' || evaluator.tracker.enumerated.size === 0) return;
    if (!isSampled(operand, state)) return;
    evaluator.tracker.givesOtherOrder = true;
    try {
      const other = evaluator.test(ask, question.where, this.#machine);
      if (other !== value) throw dependsOnOrder(question.where);
    } finally {
      evaluator.tracker.givesOtherOrder = false;
    }
  }

  /**
   * Asks about the state that is being looked at, which gave this answer before. What was read
   * counts as well as the answer: a cache answers without reading, so that the answer would be kept
   * for other states, too.
   */
  #askAgain(operand: Operand, value: boolean, read: readonly number[] | undefined): void {
    const { evaluator } = this.#machine;
    const { where } = operand.question;
    const again = evaluator.test(operand.ask, where, this.#machine, operand.uses);
    if (again !== value) throw impureTest(where);
    if (read !== undefined && !sameItems(read, evaluator.tracker.order)) throw cachedTest(where);
  }

  #note(operand: Operand, tracker: Tracker): void {
    const { question, given, enumerates, depends } = operand;
    for (const field of tracker.enumerated) enumerates.add(field);
    if (tracker.everyReadIn(depends)) return;
    for (const slot of tracker.order) this.#depend(operand, slot);
    this.#names.read(tracker, (question.owner as Owner).name, given);
  }

  #depend(operand: Operand, slot: number): void {
    if (operand.depends.has(slot)) return;
    operand.depends.add(slot);
    for (const owner of operand.owners) this.#readers.add(slot, owner);
  }

  #store(operand: Operand, { order, numbers }: Tracker, value: boolean): void {
    if (this.#trees.insert(operand.tree, order, numbers, value ? 1 : 0)) return;
    throw impureTest(operand.question.where);
  }
}

/**
 * Of what goes through a table, the first few are asked in another order, and then one in so many.
 */
function isSampled({ lookups }: Operand, state: number): boolean {
  return lookups < ORDERS_FIRST || state % ORDERS_LATER === 0;
}

/** The entries that a test is given, the innermost first. */
export function keyOf(place: Place | undefined): string {
  if (place === undefined) return '';
  const slots: number[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.outer) slots.push(at.slot);
  return slots.join(' ');
}

function sameItems(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}

/** For a test of a property that does not give one answer to one question. */
export function impureTest(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: asked twice about the same state, it gave two answers',
    where,
    mend: 'A property may depend on nothing but the state: look for a variable outside that changes.',
  });
}

/** For a test of a property that answers without looking, from what it has seen before. */
export function cachedTest(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: asked twice about the same state, it read different slots',
    where,
    mend: 'A property may depend on nothing but the state: look for a cache outside, or a variable that changes.',
  });
}
