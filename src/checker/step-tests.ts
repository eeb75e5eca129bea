import type { AnyStepTest } from '../spec/property.ts';
import { actorName } from './actors.ts';
import { blame } from './blame.ts';
import { isTrueOfStep } from './bodies.ts';
import { cachedTest, impureTest } from './clauses.ts';
import { DecisionTrees, NO_LEAF } from './decision-trees.ts';
import type { Evaluated, Outcome } from './evaluate.ts';
import { withoutClockAndRandomness } from './forbidden.ts';
import type { Machine } from './machine.ts';
import type { Names } from './names.ts';
import type { Field } from './slots.ts';
import { Tracker } from './tracker.ts';
import { Looks } from './views.ts';

/** A step to be judged. */
export interface Taken {
  readonly state: number;
  readonly actor: number;
  readonly evaluated: Evaluated;
  readonly outcome: Outcome;
}

/**
 * Tests on steps: the state before, what was done, the state after. For one outcome the answer is a
 * function of what is read in the state before, since what the outcome writes is known.
 */
export class StepTests {
  readonly #machine: Machine;
  readonly #names: Names;
  readonly #trees: DecisionTrees;
  /** The tree of each test and outcome. */
  readonly #treeOf = new Map<AnyStepTest, Map<Outcome, number>>();
  readonly #before: Tracker;
  readonly #after: Tracker;
  readonly #looksBefore: Looks;
  readonly #looksAfter: Looks;

  constructor(machine: Machine, names: Names) {
    this.#machine = machine;
    this.#names = names;
    this.#trees = new DecisionTrees(machine.layout);
    machine.onRelayout((layout) => this.#trees.relayout(layout));
    this.#before = new Tracker(machine.slots);
    this.#after = new Tracker(machine.slots);
    this.#looksBefore = new Looks(machine.slots, this.#before);
    this.#looksAfter = new Looks(machine.slots, this.#after);
  }

  /** A table got a further slot: what was read of the table before is not all of it any more. */
  slotAdded(): void {
    for (const trees of this.#treeOf.values()) {
      for (const tree of trees.values()) this.#trees.drop(tree);
    }
  }

  /** Every slot that a test has read so far, before or after a step. */
  *slotsRead(): Iterable<number> {
    yield* this.#before.everRead;
    // What a step has written is read only after it.
    yield* this.#after.everRead;
  }

  /** Whether the test holds for this step. Throws a SpecError that begins with `where` when the test throws. */
  holds(test: AnyStepTest, where: string, step: Taken): boolean {
    // The outcomes of a direct evaluation are made anew each time: there is nothing to remember them by.
    const tree = this.#machine.isDirect(step.actor) ? undefined : this.#tree(test, step.outcome);
    const { visited, layout } = this.#machine;
    if (tree !== undefined) {
      const leaf = this.#trees.find(tree, visited.words, step.state * layout.width);
      if (leaf !== NO_LEAF) return leaf === 1;
    }
    const value = this.#ask(test, where, step);
    // Where every step is asked about, one in 64 is enough to find a test that is not pure.
    if (tree === undefined && step.state % 64 !== 0) return value;
    const read = this.#before.order.join();
    // What was read counts as well as the answer: a cache answers without reading.
    if (this.#ask(test, where, step) !== value) throw impureTest(where);
    if (this.#before.order.join() !== read) throw cachedTest(where);
    const { order, numbers } = this.#before;
    if (tree === undefined || this.#trees.insert(tree, order, numbers, value ? 1 : 0)) return value;
    throw impureTest(where);
  }

  /** The answer when everything that it reads has a slot. */
  #ask(test: AnyStepTest, where: string, step: Taken): boolean {
    for (;;) {
      const { evaluator, slots } = this.#machine;
      const known = slots.count;
      const read = this.#before.everRead.size;
      evaluator.underWay = where;
      const value = this.#evaluate(test, where, step);
      evaluator.underWay = undefined;
      if (this.#before.everRead.size > read) this.#names.read(this.#before, where);
      if (slots.count === known) return value;
    }
  }

  #evaluate(
    test: AnyStepTest,
    where: string,
    { state, actor, evaluated, outcome }: Taken,
  ): boolean {
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
    // What the step did not write is the same as before, and is recorded as read there, in order.
    this.#after.begin({ numberOf: (slot) => written.get(slot) ?? this.#before.read(slot) });
    const who = machine.actors[actor];
    const deed = {
      actor: who === undefined ? undefined : actorName(who),
      label: evaluated.label,
      picks: Object.fromEntries(outcome.picks),
    };
    const before = this.#looksBefore.begin();
    const after = this.#looksAfter.beginAfter(this.#looksBefore, (field) => fields.has(field));
    try {
      return withoutClockAndRandomness(() => isTrueOfStep(test, before, deed, after));
    } catch (error) {
      throw blame(error, where);
    } finally {
      this.#looksBefore.end();
      this.#looksAfter.end();
    }
  }

  #tree(test: AnyStepTest, outcome: Outcome): number {
    let trees = this.#treeOf.get(test);
    if (trees === undefined) {
      trees = new Map();
      this.#treeOf.set(test, trees);
    }
    let tree = trees.get(outcome);
    if (tree === undefined) {
      tree = this.#trees.add();
      trees.set(outcome, tree);
    }
    return tree;
  }
}
