import type { Branches, Place, Question, Range } from '../properties/circuit.ts';
import type { Clauses } from '../properties/clauses.ts';
import type { Group } from '../properties/state-checker.ts';
import type { Layout } from '../state/layout.ts';
import { ABSENT } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Arena, Region } from './arena.ts';
import { copyTrees } from './copy-trees.ts';
import { DECIDES_NOTHING, IS_THERE, MUST_JUDGE, TEST_HEAD } from './parameters.ts';

/** JavaScript judges where a program would be longer than this, in words. */
const LENGTH_MAX = 1 << 14;
/** The words of a node that asks whether an entry exists, behind its kind and its two targets. */
const WORD = 3;
const SHIFT = 4;
const MASK = 5;
const ABSENT_AS = 6;
const KNOWN = 7;

/** JavaScript judges so many states before a program pays. */
const ASKED_MIN = 256;

/** The program for some clauses, and how often it was asked for. */
interface Made {
  place: number | undefined;
  asked: number;
}

/** A node that asks whether the entry in a slot exists. */
interface Presence {
  readonly at: number;
  readonly slot: number;
}

/**
 * The questions of properties in the memory of the kernel. A program asks about one state what
 * `StateChecker` asks after an outcome, in the same order. It ends with `DECIDES_NOTHING`, or with
 * `MUST_JUDGE` where a question is new, or where a property is decided.
 */
export class Programs implements Branches {
  readonly roots: Region;
  readonly pool: Region;
  readonly programs: Region;
  readonly #machine: Machine;
  readonly #clauses: Clauses;
  readonly #askedMin: number;
  /** The programs by their clauses. */
  readonly #byGroups = new Map<readonly Group[], Made>();
  readonly #byClauses = new Map<string, Made>();
  readonly #presences = new Map<number, readonly Presence[]>();
  #made: Presence[] = [];
  /** The next free place. No program stands at 0. */
  #end = 1;
  #begin = 1;
  #layout: Layout | undefined;
  #slots = 0;

  constructor(arena: Arena, machine: Machine, clauses: Clauses, askedMin = ASKED_MIN) {
    this.#askedMin = askedMin;
    this.#machine = machine;
    this.#clauses = clauses;
    // Room for most models: a memory that grows makes the platform collect garbage.
    this.roots = arena.region(1 << 10);
    this.programs = arena.region(1 << 13);
    this.pool = arena.region(1 << 13);
    clauses.operands.takeFound = (tree) => {
      const at = TEST_HEAD * tree + 1;
      const found = this.roots.words[at] ?? 0;
      if (found > 0) this.roots.words[at] = 0;
      return found;
    };
  }

  get bytes(): number {
    return this.roots.bytes + this.pool.bytes + this.programs.bytes;
  }

  /** Copies what has changed. Returns false where all programs became invalid. */
  update(): boolean {
    const { trees } = this.#clauses.operands;
    copyTrees(trees, this.pool);
    this.roots.reserve(TEST_HEAD * trees.count);
    for (let tree = 0; tree < trees.count; tree++) {
      this.roots.words[TEST_HEAD * tree] = trees.rootOf(tree);
    }
    const { layout, slots } = this.#machine;
    const areValid = slots.count === this.#slots;
    if (!areValid) this.#forget();
    else if (layout !== this.#layout) {
      for (const made of this.#presences.values()) for (const one of made) this.#place(one);
    }
    this.#layout = layout;
    this.#slots = slots.count;
    return areValid;
  }

  /** A new slot may be one of a table that some program goes through. */
  #forget(): void {
    this.#byGroups.clear();
    this.#byClauses.clear();
    this.#presences.clear();
    this.#end = 1;
  }

  /** The place of the program for these clauses. It is made once it was asked for often enough. */
  of(groups: readonly Group[]): number {
    if (groups.length === 0) return DECIDES_NOTHING;
    const made = this.#byGroups.get(groups) ?? this.#find(groups);
    if (made.place !== undefined) return made.place;
    made.asked += 1;
    if (made.asked < this.#askedMin) return MUST_JUDGE;
    made.place = this.#make(groups);
    return made.place;
  }

  #find(groups: readonly Group[]): Made {
    const key = keyOf(groups);
    const made = this.#byClauses.get(key) ?? { place: undefined, asked: 0 };
    this.#byClauses.set(key, made);
    this.#byGroups.set(groups, made);
    return made;
  }

  /** Makes a program know the present values of the slots of entries. */
  refresh(program: number): void {
    for (const presence of this.#presences.get(program) ?? []) this.#note(presence);
  }

  #make(groups: readonly Group[]): number {
    this.#begin = this.#end;
    this.#made = [];
    const place = groups.reduceRight((next, { guard, clauses }) => {
      const inner = clauses.reduceRight(
        (after, clause) => (clause.isOpen ? clause.branches(this, MUST_JUDGE, after) : after),
        next,
      );
      return guard === undefined ? inner : guard.branches(this, inner, next);
    }, DECIDES_NOTHING);
    if (this.#isTooLong) {
      this.#end = this.#begin;
      return MUST_JUDGE;
    }
    this.#presences.set(place, this.#made);
    return place;
  }

  get #isTooLong(): boolean {
    return this.#end - this.#begin > LENGTH_MAX;
  }

  ask(question: Question, whenTrue: number, whenFalse: number): number {
    if (this.#isTooLong) return MUST_JUDGE;
    const { answers, operands } = this.#clauses;
    // A program is made from its end, so nothing has asked yet whether these entries exist.
    for (let at = question.place; at !== undefined; at = at.outer) {
      if (at.slot < 0) answers.slotOf(at);
    }
    const tree = operands.treeOf(question);
    // A new tree is copied by the next update, and is empty for the kernel until then.
    this.roots.reserve(TEST_HEAD * (tree + 1));
    return this.#add([tree, whenTrue, whenFalse]);
  }

  isThere(place: Place, whenTrue: number, whenFalse: number): number {
    if (this.#isTooLong) return MUST_JUDGE;
    const slot = this.#clauses.answers.slotOf(place);
    const at = this.#add([IS_THERE, whenTrue, whenFalse, 0, 0, 0, -1, 0]);
    const presence = { at, slot };
    this.#place(presence);
    this.#note(presence);
    this.#made.push(presence);
    return at;
  }

  idsOf(range: Range): readonly string[] {
    return this.#clauses.answers.idsOf(range);
  }

  #add(node: readonly number[]): number {
    const at = this.#end;
    this.#end += node.length;
    this.programs.reserve(this.#end);
    this.programs.words.set(node, at);
    return at;
  }

  #place({ at, slot }: Presence): void {
    const { word, shift, mask } = this.#machine.layout;
    this.programs.words[at + WORD] = word[slot] ?? 0;
    this.programs.words[at + SHIFT] = shift[slot] ?? 0;
    this.programs.words[at + MASK] = mask[slot] ?? 0;
  }

  #note({ at, slot }: Presence): void {
    const values = this.#machine.slots.values[slot] ?? [];
    const { words } = this.programs;
    const known = words[at + KNOWN] as number;
    if (words[at + ABSENT_AS] === -1) words[at + ABSENT_AS] = values.indexOf(ABSENT, known);
    words[at + KNOWN] = values.length;
  }
}

/** The numbers of the clauses, which are in the same groups wherever they are the same. */
const keyOf = (groups: readonly Group[]): string =>
  groups.map(({ clauses }) => clauses.map(({ index }) => index).join()).join(' ');
