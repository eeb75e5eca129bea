import { SpecError } from '../../spec/spec-error.ts';
import { inOtherOrder } from '../purity/other-order.ts';
import { ABSENT, type Field, PROCESSES, type Slots } from '../state/slots.ts';

/** A source of the value number of each slot: a packed state, or a plain vector. */
export interface NumberSource {
  numberOf(slot: number): number;
}

/**
 * Watches one evaluation: which slots it reads, in which order, and which value numbers it finds.
 */
export class Tracker {
  readonly slots: Slots;
  /** True while the checker tests whether a recipe depends on the order of entries. */
  givesOtherOrder = false;
  /** Every slot that any evaluation has read. */
  readonly everRead = new Set<number>();
  /**
   * Fields that some evaluation has enumerated. A slot that is added to one of them later matters.
   */
  readonly enumerated = new Set<Field>();
  /** True where a table was read as a whole: the order of reading is not that of the model. */
  readsWhole = false;
  #source: NumberSource = { numberOf: () => 0 };
  /** The number of the evaluation. A slot whose stamp equals it was read in this one. */
  #evaluation = 0;
  /** The slots read, in the first `#count` places. The array is reused. */
  readonly #order: number[] = [];
  #count = 0;
  readonly #stamp: number[] = [];
  readonly #seen: number[] = [];

  constructor(slots: Slots) {
    this.slots = slots;
  }

  /** Starts a new evaluation that reads from `source`. */
  begin(source: NumberSource): void {
    this.#source = source;
    this.#count = 0;
    this.readsWhole = false;
    if (this.enumerated.size > 0) this.enumerated.clear();
    this.#evaluation += 1;
  }

  /** The slots in the order of their first reads, over all runs of the recipe. */
  get order(): number[] {
    return this.#order.slice(0, this.#count);
  }

  /** The value numbers that were read, parallel to `order`. */
  get numbers(): number[] {
    return this.order.map((slot) => this.#seen[slot] as number);
  }

  /** Whether all that was read is in this set. */
  everyReadIn(slots: ReadonlySet<number>): boolean {
    for (let i = 0; i < this.#count; i++) if (!slots.has(this.#order[i] as number)) return false;
    return true;
  }

  /** A hash of the slots and values that were read, in order. */
  get hash(): number {
    let hash = 0;
    for (let i = 0; i < this.#count; i++) {
      const slot = this.#order[i] as number;
      hash = Math.imul(hash ^ slot ^ ((this.#seen[slot] as number) << 8), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  /** The value number of a slot; records the read. */
  read(slot: number): number {
    if (this.#stamp[slot] === this.#evaluation) return this.#seen[slot] as number;
    return this.#readFirst(slot);
  }

  #readFirst(slot: number): number {
    while (this.#stamp.length <= slot) {
      this.#stamp.push(0);
      this.#seen.push(0);
    }
    const number = this.#source.numberOf(slot);
    if (this.#stamp[slot] === 0) this.everRead.add(slot);
    this.#stamp[slot] = this.#evaluation;
    this.#seen[slot] = number;
    this.#order[this.#count] = slot;
    this.#count += 1;
    return number;
  }

  /** The frozen value of a slot, undefined when absent; records the read. */
  get(slot: number): unknown {
    const value = this.slots.valueOf(slot, this.read(slot));
    return value === ABSENT ? undefined : value;
  }

  has(slot: number): boolean {
    return this.slots.valueOf(slot, this.read(slot)) !== ABSENT;
  }

  /** The ids of the entries of a table. This reads the whole table. */
  ids(field: Field): string[] {
    this.enumerated.add(field);
    const ids: string[] = [];
    for (const [id, slot] of field.sorted) if (this.has(slot)) ids.push(id);
    return this.givesOtherOrder ? inOtherOrder(this.slots, field, ids) : ids;
  }
}

/** The field of that name. Throws a SpecError that lists all fields. */
export function fieldNamed(slots: Slots, name: string): Field {
  const field = slots.ownFields.get(name);
  if (field !== undefined) return field;
  const known = [...slots.ownFields.keys()];
  throw new SpecError({
    what: `the state has no field '${name}'`,
    mend: `It has ${known.map((other) => `'${other}'`).join(', ')}. Add the field to \`init\`, empty if need be.`,
  });
}

/** The table of processes. Every system has one, which may be empty. */
export function processField(slots: Slots): Field {
  const field = slots.fields.get(PROCESSES);
  if (field === undefined) throw new Error('a system without a table of processes');
  return field;
}
