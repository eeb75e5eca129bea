import type { AnyBody, AnyLeaf } from '../../spec/property.ts';
import { actorName } from '../evaluate/actors.ts';
import { blame } from '../evaluate/blame.ts';
import { type Outcome, tellsReads } from '../evaluate/evaluated.ts';
import { Tracker } from '../evaluate/tracker.ts';
import { Looks } from '../evaluate/views.ts';
import { withoutClockAndRandomness } from '../purity/forbidden.ts';
import { dependsOnOrder } from '../purity/other-order.ts';
import type { Field } from '../state/slots.ts';
import { DecisionTrees, NO_LEAF } from '../transitions/decision-trees.ts';
import type { Machine } from '../transitions/machine.ts';
import { circuitOf } from './bodies.ts';
import type { Question } from './circuit.ts';
import type { Names } from './names.ts';
import {
  cachedTest,
  impureTest,
  keyOf,
  type Operands,
  ORDERS_FIRST,
  ORDERS_LATER,
} from './operands.ts';
import { Owner } from './readers.ts';
import { askSeen } from './seen.ts';
import { StepAnswers, type Taken } from './step-answers.ts';

export type { Taken } from './step-answers.ts';

/** A test of steps, with a tree for each outcome. */
interface StepOperand {
  readonly trees: Map<Outcome, number>;
  readonly given: ReadonlySet<number>;
  /** The number of its evaluations that went through a table. */
  throughTables: number;
}

/**
 * Tests of steps: the state before, the action, the state after. For one outcome the answer depends
 * only on the state before, because the writes of the outcome are known.
 */
export class StepTests {
  /** Rises when what was found about outcomes is no longer valid. */
  version = 0;
  readonly #machine: Machine;
  readonly #names: Names;
  readonly #operands: Operands;
  readonly #trees: DecisionTrees;
  /** By function, and by its place. */
  readonly #known = new Map<AnyLeaf, Map<string, StepOperand>>();
  readonly #answers: StepAnswers;
  readonly #before: Tracker;
  readonly #after: Tracker;
  readonly #looksBefore: Looks;
  readonly #looksAfter: Looks;

  constructor(machine: Machine, names: Names, operands: Operands) {
    this.#machine = machine;
    this.#names = names;
    this.#operands = operands;
    this.#trees = new DecisionTrees(machine.layout);
    machine.onRelayout((layout) => this.#trees.relayout(layout));
    machine.remembers(this);
    this.#answers = new StepAnswers(machine, (question, step) => this.#holds(question, step));
    this.#before = new Tracker(machine.slots);
    this.#after = new Tracker(machine.slots);
    this.#looksBefore = new Looks(machine.slots, this.#before);
    this.#looksAfter = new Looks(machine.slots, this.#after);
  }

  /** A table got a further slot, so earlier reads of the whole table are incomplete. */
  slotAdded(): void {
    this.version += 1;
    for (const operands of this.#known.values()) {
      for (const { trees } of operands.values()) {
        for (const tree of trees.values()) this.#trees.drop(tree);
      }
    }
  }

  get bytes(): number {
    return this.#trees.bytes;
  }

  /** Forgets all answers, because their outcomes no longer exist. */
  forget(): void {
    this.version += 1;
    this.#trees.clear();
    for (const operands of this.#known.values()) {
      for (const { trees } of operands.values()) trees.clear();
    }
  }

  /** Every slot that a test has read so far, before or after a step. */
  *slotsRead(): Iterable<number> {
    yield* this.#before.everRead;
    // A slot that the step wrote is read only in the state after it.
    yield* this.#after.everRead;
  }

  /**
   * Prepares a body of steps. The question throws a SpecError that begins with `where` when a test
   * throws.
   */
  question(body: AnyBody, where: string): (step: Taken) => boolean {
    const owner = new Owner(where);
    const circuit = circuitOf(body, { side: 'step', place: undefined, where, owner });
    return (step) => circuit.value(this.#answers.look(step));
  }

  /** True if the last answer is the same for every step with this outcome. */
  get wasConstant(): boolean {
    return this.#answers.isConstant;
  }

  #holds(question: Question, step: Taken): boolean {
    if (question.side === 'before') {
      this.#answers.isConstant = false;
      return this.#operands.holds(question, step.state);
    }
    // An unmemoised evaluation makes new outcomes each time, so nothing can be kept by outcome.
    const tree = tellsReads(step.evaluated) ? this.#tree(question, step.outcome) : undefined;
    if (tree === undefined || !this.#trees.isConstant(tree)) this.#answers.isConstant = false;
    const { visited, layout } = this.#machine;
    if (tree !== undefined) {
      const leaf = this.#trees.find(tree, visited.words, step.state * layout.width);
      if (leaf !== NO_LEAF) return leaf === 1;
    }
    return this.#evaluate(question, step, tree);
  }

  #evaluate(question: Question, step: Taken, tree: number | undefined): boolean {
    const { where } = question;
    const value = this.#ask(question, step);
    // Where every step is evaluated, comparing one in 64 is enough to find an impure test.
    if (tree === undefined && step.state % 64 !== 0) return value;
    const read = this.#before.order.join();
    this.#askInOtherOrder(question, step, value);
    // The reads are compared, too, because a cache outside of the model answers without reading.
    if (this.#ask(question, step) !== value) throw impureTest(where);
    if (this.#before.order.join() !== read) throw cachedTest(where);
    const { order, numbers } = this.#before;
    if (tree === undefined || this.#trees.insert(tree, order, numbers, value ? 1 : 0)) return value;
    throw impureTest(where);
  }

  /**
   * Asks again with entries in another order, because no state keeps the order in which they were
   * added.
   */
  #askInOtherOrder(question: Question, step: Taken, value: boolean): void {
    if (this.#machine.keys === 'sorted') return;
    if (this.#before.enumerated.size + this.#after.enumerated.size === 0) return;
    const operand = this.#operand(question);
    operand.throughTables += 1;
    if (operand.throughTables > ORDERS_FIRST && operand.throughTables % ORDERS_LATER !== 0) return;
    this.#before.givesOtherOrder = true;
    this.#after.givesOtherOrder = true;
    try {
      if (this.#ask(question, step) !== value) throw dependsOnOrder(question.where);
    } finally {
      this.#before.givesOtherOrder = false;
      this.#after.givesOtherOrder = false;
    }
  }

  /** The answer. It is repeated until everything that it reads has a slot. */
  #ask(question: Question, step: Taken): boolean {
    for (;;) {
      const { evaluator, slots } = this.#machine;
      const known = slots.count;
      const read = this.#before.everRead.size;
      evaluator.underWay = question.where;
      const value = this.#askOnce(question, step);
      evaluator.underWay = undefined;
      if (this.#before.everRead.size > read) {
        this.#names.read(this.#before, question.where, this.#operand(question).given);
      }
      if (slots.count === known) return value;
    }
  }

  #askOnce(question: Question, { state, actor, evaluated, outcome }: Taken): boolean {
    const machine = this.#machine;
    machine.lookAt(state);
    const written = new Map<number, number>();
    const fields = new Set<Field>();
    for (let i = 0; i < outcome.writes.length; i += 2) {
      const slot = outcome.writes[i] as number;
      written.set(slot, outcome.writes[i + 1] as number);
      fields.add(machine.slots.fieldOf[slot] as Field);
    }
    this.#before.begin(machine);
    // A slot that the step did not write is read in the state before, so that the reads keep their
    // order.
    this.#after.begin({ numberOf: (slot) => written.get(slot) ?? this.#before.read(slot) });
    const who = machine.actors[actor];
    const action = {
      actor: who === undefined ? undefined : actorName(who),
      label: evaluated.label,
      picks: Object.fromEntries(outcome.picks),
    };
    const before = this.#looksBefore.begin();
    const after = this.#looksAfter.beginAfter(this.#looksBefore, (field) => fields.has(field));
    const seen = question.side === 'after' ? after : before;
    try {
      return withoutClockAndRandomness(() => askSeen(question, seen, { before, action, after }));
    } catch (error) {
      throw blame(error, question.where);
    } finally {
      this.#looksBefore.end();
      this.#looksAfter.end();
    }
  }

  #tree(question: Question, outcome: Outcome): number {
    const { trees } = this.#operand(question);
    const known = trees.get(outcome);
    if (known !== undefined) return known;
    const made = this.#trees.add();
    trees.set(outcome, made);
    return made;
  }

  #operand(question: Question): StepOperand {
    // The memory of a question about a step, or about the state after it, holds nothing else.
    const held = question.held as StepOperand | undefined;
    if (held !== undefined) return held;
    const { test, side, place } = question;
    const byPlace = this.#known.get(test) ?? new Map<string, StepOperand>();
    this.#known.set(test, byPlace);
    const key = `${side} ${keyOf(place)}`;
    const given = new Set<number>();
    for (let at = place; at !== undefined; at = at.outer) given.add(at.slot);
    const operand = byPlace.get(key) ?? { trees: new Map(), given, throughTables: 0 };
    byPlace.set(key, operand);
    question.held = operand;
    return operand;
  }
}
