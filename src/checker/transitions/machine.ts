import type { SpecError } from '../../spec/spec-error.ts';
import type { Actor } from '../evaluate/actors.ts';
import { Evaluator } from '../evaluate/evaluate.ts';
import { type Evaluated, NOTHING_DONE } from '../evaluate/evaluated.ts';
import type { Loaded } from '../evaluate/load.ts';
import {
  impureStep,
  PlainSample,
  sameEvaluation,
  sameOutcomes,
} from '../evaluate/second-evaluation.ts';
import type { NumberSource } from '../evaluate/tracker.ts';
import { growing } from '../purity/growing.ts';
import { Layout } from '../state/layout.ts';
import { type Field, PROCESSES, type Slots } from '../state/slots.ts';
import { Visited } from '../state/visited.ts';
import { Costs } from './costs.ts';
import { Counters } from './counters.ts';
import { DecisionTrees, NO_LEAF } from './decision-trees.ts';
import { Enumerating } from './enumerating.ts';
import { Fired } from './fired.ts';
import { Leaves } from './leaves.ts';
import type { MachineOptions } from './machine-options.ts';
import { type MemoPart, StepMemoPolicy } from './step-memo-policy.ts';

/**
 * The successor relation on packed states: which steps are enabled in a state. It looks them up in
 * the decision trees where they are known, and evaluates them where they are not.
 */
export class Machine implements NumberSource {
  readonly slots: Slots;
  readonly evaluator: Evaluator;
  readonly actors: Actor[] = [];
  /** By actor: true for a fault. */
  readonly isFault: boolean[] = [];
  readonly visited: Visited;
  readonly leaves: Leaves;
  /** The index of each initial state in the system, by number of the state. */
  readonly initIndexOf = new Map<number, number>();
  /** Labels and actions that were enabled somewhere. */
  readonly fired = new Fired();
  readonly costs = new Costs();
  readonly counters = new Counters();
  layout: Layout;
  readonly trees: DecisionTrees;
  /** By actor: its tree. */
  readonly #tree: number[] = [];
  readonly #policy: StepMemoPolicy;
  /** By actor: the leaf for its unmemoised evaluations. */
  readonly #scratch: number[] = [];
  /** By actor: its memoised leaves in the order of discovery. */
  readonly leavesOf: number[][] = [];
  /** By leaf: its actor; -1 for a leaf that each unmemoised evaluation fills anew. */
  readonly actorOf: number[] = [];
  /** Rises when leaves of earlier states may not be found again. */
  disturbances = 0;
  readonly #enumerating = new Enumerating();
  readonly memo: MachineOptions['memo'];
  readonly keys: MachineOptions['keys'];
  readonly #scenario: string;
  readonly #clock: (() => number) | undefined;
  readonly #misses: number[] = [];
  /** The place of the first word of the state under evaluation. */
  #offset = 0;
  readonly #onRelayout: ((layout: Layout) => void)[] = [];
  readonly #parts: MemoPart[] = [];
  readonly #sample: PlainSample;

  constructor(loaded: Loaded, options: MachineOptions) {
    this.slots = loaded.slots;
    this.layout = Layout.of(this.slots);
    const watchesLess = options.memo === 'sometimes';
    this.evaluator = new Evaluator(this.slots, loaded.flows, options.scenario, watchesLess);
    this.#sample = new PlainSample(loaded, options);
    this.memo = options.memo;
    this.#policy = new StepMemoPolicy(options.memo);
    this.keys = options.keys;
    this.#scenario = options.scenario;
    this.#clock = options.clock;
    this.visited = options.store?.(this.layout.width) ?? new Visited(this.layout.width);
    this.leaves = new Leaves(this.layout);
    this.trees = new DecisionTrees(this.layout);
    for (const actor of loaded.actors) this.#addActor(actor);
  }

  /** To be called with a new slot. Forgets what enumerated its table; a process gets an actor. */
  slotAdded(field: Field, slot: number): void {
    this.layout.grow(this.slots.count);
    this.disturbances += 1;
    // The leaves stay, because the search may be following one.
    for (const actor of this.#enumerating.of(field)) this.trees.drop(this.#tree[actor] as number);
    if (field.name !== PROCESSES) return;
    this.#addActor({ kind: 'process', pid: this.slots.idOf[slot] as string, slot });
  }

  /** Stores the initial state with this index and returns its number. */
  addInitial(numbers: readonly number[], index: number): number {
    const state = this.visited.addInitial(this.layout.pack(numbers));
    if (!this.initIndexOf.has(state)) this.initIndexOf.set(state, index);
    return state;
  }

  /** The value number of a slot in the state under evaluation. */
  numberOf(slot: number): number {
    const { word, shift, mask } = this.layout;
    const bits = this.visited.words[this.#offset + (word[slot] as number)] as number;
    return (bits >>> (shift[slot] as number)) & (mask[slot] as number);
  }

  /** Makes `numberOf` read this state. */
  lookAt(state: number): void {
    this.#offset = state * this.layout.width;
  }

  /**
   * The leaf of one actor in this state. An evaluation may add actors at the end and may change the
   * layout. Numbers of states, actors and leaves stay; numbers of outcomes and places of words do
   * not.
   */
  leafOf(actor: number, state: number): number {
    const { words } = this.visited;
    const leaf = this.trees.find(this.#tree[actor] as number, words, state * this.layout.width);
    return leaf === NO_LEAF ? this.#miss(actor, state) : leaf;
  }

  /** To be called before a state is expanded. It may forget all leaves, with their numbers. */
  beginExpansion(): void {
    this.counters.expansions += 1;
    if (this.#policy.review(this)) this.#forgetAll();
  }

  /** The leaf of one actor in this state if it is memoised, else NO_LEAF. Evaluates nothing. */
  knownLeaf(actor: number, state: number): number {
    const { words } = this.visited;
    return this.trees.find(this.#tree[actor] as number, words, state * this.layout.width);
  }

  /** The root of the tree of an actor, for `trees`. */
  rootOf(actor: number): number {
    return this.trees.rootOf(this.#tree[actor] as number);
  }

  /** An estimate of the bytes of the memo of steps and tests. */
  get memoBytes(): number {
    const parts = this.#parts.reduce((sum, { bytes }) => sum + bytes, 0);
    return this.trees.bytes + this.leaves.bytes + parts;
  }

  /** True for a leaf that was filled for one state only, because memoising it does not pay. */
  isUnmemoised(leaf: number): boolean {
    return this.actorOf[leaf] === -1;
  }

  /** A fresh evaluation of this actor in this state. */
  evaluate(actor: number, state: number, strictly = false, reads = strictly): Evaluated {
    const who = this.actors[actor] as Actor;
    for (let tries = 0; ; tries++) {
      const slots = this.slots.count;
      this.lookAt(state);
      this.counters.evaluations += 1;
      const before = this.#clock?.();
      const evaluated = this.evaluator.step(who, this, strictly, reads);
      this.costs.add(actor, evaluated, before, this.#clock);
      // A slot that appeared meanwhile may belong to a table that was enumerated before, so it is
      // evaluated again.
      if (this.slots.count === slots) return evaluated;
      // A pure recipe asks for the same entries again. Another new one means that it depends on
      // more than the state.
      if (tries > 0) throw growing(this.slots, `scenario '${this.#scenario}', ${evaluated.where}`);
    }
  }

  /** How often the step of this actor was unknown and had to be evaluated. */
  missesOf(actor: number): number {
    return this.#misses[actor] ?? 0;
  }

  /**
   * Evaluates every step of this state again. Throws a SpecError where the memo and the recipe
   * disagree.
   */
  selfCheck(state: number): void {
    for (let actor = 0; actor < this.actors.length; actor++) {
      const known = this.leaves.evaluated[this.leafOf(actor, state)] as Evaluated;
      const again = this.evaluate(actor, state);
      if (!sameOutcomes(known, again)) throw this.#impure(again);
    }
  }

  /** Gives every slot the bits that it needs now, and packs everything anew. */
  relayout(): void {
    const layout = this.layout.next(this.slots);
    this.visited.repack(this.layout, layout);
    this.layout = layout;
    this.leaves.relayout(layout);
    this.trees.relayout(layout);
    for (const listener of this.#onRelayout) listener(layout);
    this.counters.repacks += 1;
  }

  /** Calls `listener` with a new layout, once everything in here follows it. */
  onRelayout(listener: (layout: Layout) => void): void {
    this.#onRelayout.push(listener);
  }

  /** Adds another part of the memo. */
  remembers(part: MemoPart): void {
    this.#parts.push(part);
  }

  #miss(actor: number, state: number): number {
    const who = this.actors[actor] as Actor;
    this.#misses[actor] = this.missesOf(actor) + 1;
    const evaluated = this.evaluate(actor, state);
    if (evaluated.outcomes.length > 0) this.fired.note(actor, who, evaluated);
    const { tracker } = this.evaluator;
    const isKept = this.#policy.shouldKeep(actor, evaluated, tracker);
    this.evaluator.isRemembered(isKept);
    return isKept
      ? this.#addLeaf(actor, state, this.#watched(actor, state, evaluated))
      : this.#fillScratch(actor, state, evaluated);
  }

  /** What was just evaluated, with what the model itself read. */
  #watched(actor: number, state: number, evaluated: Evaluated): Evaluated {
    if (!this.evaluator.tracker.readsWhole) return this.evaluator.withReads(evaluated);
    const watched = this.evaluate(actor, state, false, true);
    if (!sameOutcomes(evaluated, watched)) throw this.#impure(watched);
    return watched;
  }

  #addLeaf(actor: number, state: number, evaluated: Evaluated): number {
    this.#evaluateAgain(actor, state, evaluated);
    this.#enumerating.note(this.evaluator.tracker.enumerated, actor);
    const leaf = this.leaves.add(evaluated);
    this.actorOf.push(actor);
    this.leavesOf[actor]?.push(leaf);
    this.#policy.added(leaf, actor, evaluated);
    const { order, numbers } = evaluated;
    if (!this.trees.insert(this.#tree[actor] as number, order, numbers, leaf)) {
      throw this.#impure(evaluated);
    }
    if (this.slots.outgrown) this.relayout();
    return leaf;
  }

  #fillScratch(actor: number, state: number, evaluated: Evaluated): number {
    // One in 64 is enough to find an impure recipe, and costs little.
    if (state % 64 === 0) this.#evaluateAgain(actor, state, this.#watched(actor, state, evaluated));
    if (this.slots.outgrown) this.relayout();
    const leaf = this.#scratch[actor] as number;
    if (evaluated.outcomes.length === 0) this.leaves.empty(leaf, evaluated);
    else {
      this.lookAt(state);
      this.leaves.fill(leaf, evaluated, this);
    }
    return leaf;
  }

  /** Evaluates a second time, more strictly, and runs a sample of each label through immer. */
  #evaluateAgain(actor: number, state: number, evaluated: Evaluated): void {
    this.counters.evaluatedTwice += 1;
    const again = this.evaluate(actor, state, true);
    if (!sameEvaluation(evaluated, again)) throw this.#impure(evaluated);
    this.lookAt(state);
    this.#sample.compare(this.actors[actor] as Actor, this, evaluated);
  }

  #forgetAll(): void {
    this.disturbances += 1;
    this.#policy.forget();
    this.leaves.reset();
    this.actorOf.length = 0;
    for (const [actor, tree] of this.#tree.entries()) {
      this.trees.drop(tree);
      this.leavesOf[actor] = [];
      this.#scratch[actor] = this.#addScratch();
    }
    this.trees.relayout(this.layout);
    for (const part of this.#parts) part.forget();
    for (const listener of this.#onRelayout) listener(this.layout);
  }

  #addActor(actor: Actor): void {
    this.actors.push(actor);
    this.isFault.push(actor.kind === 'fault');
    this.#tree.push(this.trees.add());
    this.leavesOf.push([]);
    this.#scratch.push(this.#addScratch());
  }

  #impure({ where }: Evaluated): SpecError {
    return impureStep(`scenario '${this.#scenario}', ${where}`);
  }

  #addScratch(): number {
    this.actorOf.push(-1);
    return this.leaves.add(NOTHING_DONE);
  }
}
