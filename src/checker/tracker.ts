import { current, Immer, isDraft } from 'immer';
import { SpecError } from '../spec/spec-error.ts';
import { ABSENT, type Field, PROCESSES, type Slots } from './slots.ts';

/** Where the tracker finds the present value number of a slot: a packed state, or a plain vector. */
export interface NumberSource {
  numberOf(slot: number): number;
}

/** What a touched slot holds during a run of a recipe: a draft, a plain value, or nothing. */
type Held = unknown;

const immer = new Immer({ autoFreeze: false });

/**
 * Watches one evaluation: which slots it reads, in which order, and what it does to them. Guards and tests
 * get the frozen values themselves, recipes get immer drafts made at first touch.
 */
export class Tracker {
  readonly slots: Slots;
  /** Slots in the order in which they were first read, over all runs of the recipe. */
  readonly order: number[] = [];
  /** The value numbers that were read, parallel to `order`. */
  readonly numbers: number[] = [];
  /** Every slot that was ever read, by whatever evaluation. */
  readonly everRead = new Set<number>();
  /** Fields that were enumerated, so that a slot added to them later matters. */
  readonly enumerated = new Set<Field>();
  #source: NumberSource = { numberOf: () => 0 };
  #seen = new Map<number, number>();
  #held = new Map<number, Held>();
  #writable = false;

  constructor(slots: Slots) {
    this.slots = slots;
  }

  /** Forgets the previous evaluation and reads from `source` from now on. */
  begin(source: NumberSource): void {
    this.#source = source;
    this.order.length = 0;
    this.numbers.length = 0;
    this.enumerated.clear();
    this.#seen = new Map();
    this.#held = new Map();
    this.#writable = false;
  }

  /** Starts a further run of the same recipe on the same state: reads add up, writes are forgotten. */
  again(): void {
    this.#held = new Map();
    this.#writable = false;
  }

  /** Guards look, recipes write: only between `allowWrites` and `again` may the state be changed. */
  allowWrites(): void {
    this.#writable = true;
  }

  /** The value number of a slot, recorded as read. */
  read(slot: number): number {
    const known = this.#seen.get(slot);
    if (known !== undefined) return known;
    const number = this.#source.numberOf(slot);
    this.#seen.set(slot, number);
    this.order.push(slot);
    this.numbers.push(number);
    this.everRead.add(slot);
    return number;
  }

  /** The value of a slot as the model may see it now; undefined when absent. */
  get(slot: number): unknown {
    if (this.#held.has(slot)) {
      const held = this.#held.get(slot);
      return held === ABSENT ? undefined : held;
    }
    const value = this.slots.valueOf(slot, this.read(slot));
    if (value === ABSENT) return undefined;
    if (!this.#writable || typeof value !== 'object' || value === null) return value;
    const draft: unknown = immer.createDraft(value as object);
    this.#held.set(slot, draft);
    return draft;
  }

  has(slot: number): boolean {
    if (this.#held.has(slot)) return this.#held.get(slot) !== ABSENT;
    return this.slots.valueOf(slot, this.read(slot)) !== ABSENT;
  }

  set(slot: number, value: unknown): void {
    if (!this.#writable) this.#refuseWrite(slot);
    // A slot written without having been read counts as read: the XOR mask needs the old value.
    this.read(slot);
    this.#held.set(slot, value === undefined ? UNDEFINED : value);
  }

  remove(slot: number): void {
    if (!this.#writable) this.#refuseWrite(slot);
    this.read(slot);
    this.#held.set(slot, ABSENT);
  }

  /** The ids of the entries that a table has now. Counts as reading all of it. */
  ids(field: Field): string[] {
    this.enumerated.add(field);
    return field.sorted.filter(([, slot]) => this.has(slot)).map(([id]) => id);
  }

  /** Ends one run: slot and new value number for each slot that has changed. Throws a SpecError for a value that is not plain data. */
  writes(): number[] {
    const writes: number[] = [];
    for (const [slot, held] of this.#held) {
      const number = this.slots.intern(slot, held === UNDEFINED ? undefined : settled(held));
      if (number !== this.#seen.get(slot)) writes.push(slot, number);
    }
    return writes;
  }

  #refuseWrite(slot: number): never {
    const name = this.slots.nameOf(slot);
    throw new SpecError({
      what: `a guard or property tries to change ${name}`,
      mend: 'Guards and properties only look. Change the state in `do`.',
    });
  }
}

/** What a draft stands for: the very value it was made from when nothing was changed. */
function settled(held: Held): unknown {
  if (!isDraft(held)) return held;
  try {
    return current(held as object);
  } catch (error) {
    // Immer follows a cycle until the stack is full. Whoever walks the draft itself can say where it is.
    if (error instanceof RangeError) return held;
    throw error;
  }
}

/** Marks `state.x = undefined`, which is refused with its path when the run ends. */
const UNDEFINED = Symbol('undefined');

/** The field of that name. Throws a SpecError that lists the fields there are. */
export function fieldNamed(slots: Slots, name: string): Field {
  const field = slots.fields.get(name);
  if (field !== undefined) return field;
  const known = [...slots.fields.keys()].filter((other) => !other.startsWith('#'));
  throw new SpecError({
    what: `the state has no field '${name}'`,
    mend: `It has ${known.map((other) => `'${other}'`).join(', ')}. Add the field to \`init\`, empty if need be.`,
  });
}

/** The table of processes, which every system has, if only empty. */
export function processField(slots: Slots): Field {
  const field = slots.fields.get(PROCESSES);
  if (field === undefined) throw new Error('a system without a table of processes');
  return field;
}
