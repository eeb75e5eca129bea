import { SpecError } from '../../spec/spec-error.ts';
import { ABSENT, type SlotValue, SlotValues } from './slot-values.ts';

export { ABSENT, type SlotValue } from './slot-values.ts';

/** The names of the tables that the checker adds. No field of a model can have such a name. */
export const PROCESSES = '#processes';
export const FAULTS = '#faults';

/** A field of the state: a table of entries by id, or a single value, whose only id is ''. */
export interface Field {
  readonly name: string;
  readonly kind: 'table' | 'single';
  /** Its place among the fields. */
  readonly index: number;
  /** From id to number of the slot. */
  readonly slots: Map<string, number>;
  /** The slot of a single value; -1 for a table, and before the slot is made. */
  single: number;
  /** The same in the order of the ids, which is that of the sorted keys of a plain object. */
  readonly sorted: readonly (readonly [id: string, slot: number])[];
}

/** Called when a slot is added, so that what enumerated its table can be forgotten. */
export type SlotListener = (field: Field, slot: number) => void;

/**
 * The slots of a model, with all values that each ever had. A state is a vector of value numbers.
 * Value 0 is the first one seen (ABSENT for a slot that appeared late). So a slot that never
 * changes needs no bits, and a late slot changes no stored state.
 */
export class Slots {
  readonly fields = new Map<string, Field>();
  /** The fields of the model, without the tables of the checker. */
  readonly ownFields = new Map<string, Field>();
  readonly fieldOf: Field[] = [];
  readonly idOf: string[] = [];
  /** By slot: its values, with copies and numbers of them. */
  readonly of: SlotValues[] = [];
  /** By slot: its values by number. Read-only. */
  readonly values: (readonly SlotValue[])[] = [];
  /**
   * True once some slot has more values than its bits can tell apart. The owner of the layout
   * resets it.
   */
  outgrown = false;
  /** By slot: the number of values that the present layout can tell apart. */
  readonly room: number[] = [];
  #listener: SlotListener = () => {};

  get count(): number {
    return this.idOf.length;
  }

  onSlot(listener: SlotListener): void {
    this.#listener = listener;
  }

  addField(name: string, kind: Field['kind']): Field {
    const field = new OrderedField(name, kind, this.fields.size);
    this.fields.set(name, field);
    if (!name.startsWith('#')) this.ownFields.set(name, field);
    return field;
  }

  /** The slot of an entry. The first call makes it, holding ABSENT. */
  slot(field: Field, id: string): number {
    return field.slots.get(id) ?? this.#add(field, id, ABSENT);
  }

  /** Makes the slot of an entry that exists from the start, with its value as number 0. */
  firstSlot(field: Field, id: string, value: unknown): number {
    return this.#add(field, id, value);
  }

  /** 'volumes.v1', 'processes.attach1', or 'turn' for a single value. */
  nameOf(slot: number): string {
    const field = this.fieldOf[slot];
    if (field === undefined) throw new Error(`there is no slot ${slot}`);
    return nameOf(field, this.idOf[slot] ?? '');
  }

  /** The field and the id of a slot; only the field for a single value. */
  keysOf(slot: number): readonly string[] {
    const field = this.fieldOf[slot];
    if (field === undefined) throw new Error(`there is no slot ${slot}`);
    return field.kind === 'single' ? [field.name] : [field.name, this.idOf[slot] ?? ''];
  }

  /** A frozen value of a slot: the same object for the same number. */
  valueOf(slot: number, number: number): SlotValue {
    const value = this.of[slot]?.frozen(number);
    if (value === undefined) throw new Error(`slot ${slot} never had a value ${number}`);
    return value;
  }

  /**
   * The number of `value` in `slot`. Equal values have equal numbers, whatever their history.
   * Throws a SpecError when the value is not plain data.
   */
  intern(slot: number, value: unknown): number {
    return this.#settle(slot, (this.of[slot] as SlotValues).intern(value));
  }

  /** The number of a copy of value `original` of this slot, which a recipe may have changed. */
  internCopy(slot: number, original: number, copy: object): number {
    return this.#settle(slot, (this.of[slot] as SlotValues).internCopy(original, copy));
  }

  #settle(slot: number, number: number): number {
    if (number >= (this.room[slot] as number)) this.outgrown = true;
    return number;
  }

  #add(field: Field, id: string, first: unknown): number {
    if (field.kind === 'table' && id in Object.prototype) refuseInherited(nameOf(field, id));
    const slot = this.idOf.length;
    const values = new SlotValues(() => nameOf(field, id));
    values.intern(first);
    this.fieldOf.push(field);
    this.idOf.push(id);
    field.slots.set(id, slot);
    if (field.kind === 'single') field.single = slot;
    this.of.push(values);
    this.values.push(values.templates);
    this.room.push(1);
    this.#listener(field, slot);
    return slot;
  }
}

/**
 * A field that sorts its entries only when asked, so that adding n entries takes n log n in all.
 */
class OrderedField implements Field {
  readonly name: string;
  readonly kind: Field['kind'];
  readonly index: number;
  readonly slots = new Map<string, number>();
  single = -1;
  #sorted: readonly (readonly [string, number])[] = [];

  constructor(name: string, kind: Field['kind'], index: number) {
    this.name = name;
    this.kind = kind;
    this.index = index;
  }

  get sorted(): readonly (readonly [id: string, slot: number])[] {
    if (this.#sorted.length === this.slots.size) return this.#sorted;
    // Through an object, so that the order is that of a plain object with sorted keys.
    const ids = Object.keys(Object.fromEntries([...this.slots].sort(byId)));
    this.#sorted = ids.map((id) => [id, this.slots.get(id) as number] as const);
    return this.#sorted;
  }
}

function byId([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

function nameOf(field: Field, id: string): string {
  const name = field.name.replace(/^#/, '');
  return field.kind === 'single' ? name : `${name}.${id}`;
}

/**
 * Throws a SpecError for a name that every object inherits: reading an entry of that name would
 * find the inherited member.
 */
function refuseInherited(name: string): never {
  throw new SpecError({
    what: `${name} has a name that JavaScript gives to something else`,
    mend: 'Give the entry another name.',
  });
}
