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
import type { Place, Question } from './circuit.ts';
import type { Names } from './names.ts';
import type { Owner, Readers } from './readers.ts';
import { askSeen } from './seen.ts';

/** A function of the model with the entries that it is asked about. It has a memory of its own. */
interface Operand {
  readonly question: Question;
  readonly ask: (views: Views) => boolean;
  /** The entries that it is given, and so does not ask for by name. */
  readonly given: ReadonlySet<number>;
  readonly tree: number;
  /** Every slot that it ever read. Only a step that writes one of them can change its value. */
  readonly depends: Set<number>;
  readonly enumerates: Set<Field>;
  readonly owners: Set<Owner>;
  readonly policy: MemoPolicy;
  readonly uses: TableUses;
  /** True while no answer is remembered. */
  isDirect: boolean;
  lookups: number;
  /** The last state that it was asked about, and its answer. */
  state: number;
  answer: boolean;
}

/**
 * The first evaluations of a test through a table that are repeated with the entries in another
 * order.
 */
export const ORDERS_FIRST = 16;
export const ORDERS_LATER = 16;

/** Tests on packed states, memoised like steps. Leaf 1 is true, leaf 0 is false. */
export class Operands {
  /** Is told of each question that is asked of the model in a state, and of the answer. */
  observer: ((question: Question, state: number, value: boolean) => void) | undefined;
  readonly #machine: Machine;
  readonly #names: Names;
  readonly #readers: Readers;
  readonly #trees: DecisionTrees;
  readonly #all: Operand[] = [];
  /** Takes the number of answers that another reader of the trees has found since it was asked. */
  takeFound: ((tree: number) => number) | undefined;
  /** By function, and by the entries that it is given. */
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

  /** Forgets all answers. */
  forget(): void {
    for (const { tree } of this.#all) this.#trees.drop(tree);
  }

  /** The answer to a question about this state. Throws what the test throws. */
  holds(question: Question, state: number): boolean {
    // The memory of a question about a state holds nothing else.
    const operand = (question.held as Operand | undefined) ?? this.#take(question);
    if (operand.state === state) return operand.answer;
    operand.lookups += 1;
    const { visited, layout } = this.#machine;
    const leaf = this.#trees.find(operand.tree, visited.words, state * layout.width);
    const answer = leaf === NO_LEAF ? this.#evaluate(operand, state) : leaf === 1;
    if (leaf === NO_LEAF) this.observer?.(question, state, answer);
    else operand.policy.saves(operand.policy.account, 1);
    operand.state = state;
    operand.answer = answer;
    return answer;
  }

  /** To be called where another state takes the number of the last one that was asked about. */
  forgetLast(): void {
    for (const operand of this.#all) operand.state = -1;
  }

  /** The tree of the operand of a question. Leaf 1 is true, leaf 0 is false. */
  treeOf(question: Question): number {
    return ((question.held as Operand | undefined) ?? this.#take(question)).tree;
  }

  get trees(): DecisionTrees {
    return this.#trees;
  }

  /** A table got a further slot. Operands that enumerate it must read that slot, too. */
  slotAdded(field: Field, slot: number): void {
    for (const operand of this.#all) {
      if (!operand.enumerates.has(field)) continue;
      this.#trees.drop(operand.tree);
      this.#depend(operand, slot);
    }
  }

  /** Asks all memoised tests of this state again. Throws a SpecError where an answer differs. */
  selfCheck(state: number): void {
    const { visited, layout } = this.#machine;
    for (const operand of this.#all) {
      const leaf = this.#trees.find(operand.tree, visited.words, state * layout.width);
      if (leaf === NO_LEAF) continue;
      this.#machine.lookAt(state);
      this.#askAgain(operand, leaf === 1, undefined);
    }
  }

  /** The operand of a new question. Another part may have the same one. */
  #take(question: Question): Operand {
    const { test, place, owner } = question;
    const byPlace = this.#byContent.get(test) ?? new Map<string, Operand>();
    this.#byContent.set(test, byPlace);
    const key = keyOf(place);
    const operand = byPlace.get(key) ?? this.#make(question);
    byPlace.set(key, operand);
    question.held = operand;
    // Only the checker asks here, and its owners are all of this class.
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
      // A slot that appeared meanwhile may belong to a table that was enumerated before.
      if (slots.count === count) return value;
      if (times === evaluationsMax) throw growing(slots, operand.question.where);
    }
  }

  /** Evaluates the operand. Its reads become its dependencies, unless a slot appears meanwhile. */
  #evaluateOnce(operand: Operand, state: number): boolean {
    const machine = this.#machine;
    const { tracker } = machine.evaluator;
    const count = machine.slots.count;
    machine.lookAt(state);
    const { ask, question, uses } = operand;
    const value = machine.evaluator.test(ask, question.where, machine, uses, operand.isDirect);
    this.#note(operand, tracker);
    const found = this.takeFound?.(operand.tree) ?? 0;
    operand.policy.saves(operand.policy.account, found);
    const isKept = operand.policy.shouldKeep(tracker.hash, 1);
    operand.isDirect = !isKept;
    // Where the test is evaluated in every state, comparing one state in 64 is enough.
    if (!isKept && state % 64 !== 0) return value;
    if (tracker.readsWhole) this.#askAgain(operand, value, undefined);
    const read = tracker.order;
    this.#askInOtherOrder(operand, state, value);
    if (machine.slots.count !== count) return value;
    this.#askAgain(operand, value, read);
    if (isKept) this.#store(operand, tracker, value);
    return value;
  }

  /**
   * Asks again with entries in another order, because no state keeps the order in which they were
   * added.
   */
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
   * Asks again about the current state, which gave `value` before. The reads must be the same, too:
   * a cache outside of the model answers without reading, and its answer would be kept for other
   * states.
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

/** True for the first few evaluations through a table, and then for one in so many. */
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

/** The error for a test that gives different answers to the same question. */
export function impureTest(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: asked twice about the same state, it gave two answers',
    where,
    mend: 'A property may depend on nothing but the state: look for a variable outside that changes.',
  });
}

/** The error for a test that answers from what it has seen before, without reading. */
export function cachedTest(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: asked twice about the same state, it read different slots',
    where,
    mend: 'A property may depend on nothing but the state: look for a cache outside, or a variable that changes.',
  });
}
