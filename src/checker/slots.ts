import type { Plain } from '../spec/plain.ts';
import { SpecError } from '../spec/spec-error.ts';
import { canonical } from './canonical.ts';

/** Stands for an entry that does not exist: a value like any other, but one that no model can store. */
export const ABSENT: unique symbol = Symbol('absent');
export type SlotValue = Plain | typeof ABSENT;

/** Names of the tables that the checker adds beside the model's own fields. No model can name a field so. */
export const PROCESSES = '#processes';
export const FAULTS = '#faults';

/** A field of the state: a table of entries by id, or a single value (then its only id is ''). */
export interface Field {
  readonly name: string;
  readonly kind: 'table' | 'single';
  /** From id to slot number. */
  readonly slots: Map<string, number>;
  /** The same in the order of their ids, as plain objects order their keys once sorted. */
  sorted: readonly (readonly [id: string, slot: number])[];
}

/** Told when a slot is added, since whatever enumerated its table has to be forgotten. */
export type SlotListener = (field: Field, slot: number) => void;

/**
 * The slots of a model and the distinct values that each ever had. A state is the vector of value
 * numbers; value 0 is what the slot held when it was first seen (ABSENT for one that appeared late), so a
 * slot that never changes needs no bits and a slot that appears late changes no stored state.
 */
export class Slots {
  readonly fields = new Map<string, Field>();
  readonly fieldOf: Field[] = [];
  readonly idOf: string[] = [];
  readonly values: SlotValue[][] = [];
  /** True once some slot has more values than its bits can tell apart; the owner of the layout resets it. */
  outgrown = false;
  /** How many values of each slot the present layout can tell apart. */
  readonly room: number[] = [];
  readonly #scalars: Map<SlotValue, number>[] = [];
  readonly #texts: Map<string, number>[] = [];
  readonly #identities: WeakMap<object, number>[] = [];
  #listener: SlotListener = () => {};

  get count(): number {
    return this.idOf.length;
  }

  onSlot(listener: SlotListener): void {
    this.#listener = listener;
  }

  addField(name: string, kind: Field['kind']): Field {
    const field: Field = { name, kind, slots: new Map(), sorted: [] };
    this.fields.set(name, field);
    return field;
  }

  /** The slot of an entry; made, holding ABSENT, when it is asked for the first time. */
  slot(field: Field, id: string): number {
    return field.slots.get(id) ?? this.#add(field, id, ABSENT);
  }

  /** Makes the slot of an entry that exists from the start, with its value as number 0. */
  firstSlot(field: Field, id: string, value: unknown): number {
    return this.#add(field, id, canonical(value, nameOf(field, id)));
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

  valueOf(slot: number, number: number): SlotValue {
    const value = this.values[slot]?.[number];
    if (value === undefined) throw new Error(`slot ${slot} never had a value ${number}`);
    return value;
  }

  /**
   * The number of `value` in `slot`; equal values have equal numbers, whatever their history.
   * Throws a SpecError when it is not plain data.
   */
  intern(slot: number, value: unknown): number {
    if (typeof value !== 'object' || value === null) return this.#internScalar(slot, value);
    const known = this.#identities[slot]?.get(value);
    if (known !== undefined) return known;
    const plain = canonical(value, this.nameOf(slot));
    const text = JSON.stringify(plain);
    const number = this.#texts[slot]?.get(text);
    return number ?? this.#store(slot, plain, text);
  }

  #internScalar(slot: number, value: unknown): number {
    // Map's own equality takes 0 and -0 as equal and tells 1 from '1', as states do.
    const number = this.#scalars[slot]?.get(value as SlotValue);
    if (number !== undefined) return number;
    if (value === ABSENT) return this.#store(slot, ABSENT, undefined);
    return this.#store(slot, canonical(value, this.nameOf(slot)), undefined);
  }

  #add(field: Field, id: string, first: SlotValue): number {
    if (field.kind === 'table' && id in Object.prototype) refuseInherited(nameOf(field, id));
    const slot = this.idOf.length;
    field.slots.set(id, slot);
    // Through an object, so that the order is that of a plain object with sorted keys.
    const ids = Object.keys(Object.fromEntries([...field.slots].sort(byId)));
    field.sorted = ids.map((known) => [known, field.slots.get(known) ?? -1] as const);
    this.fieldOf.push(field);
    this.idOf.push(id);
    this.values.push([]);
    this.room.push(1);
    this.#scalars.push(new Map());
    this.#texts.push(new Map());
    this.#identities.push(new WeakMap());
    const composite = typeof first === 'object' && first !== null;
    this.#store(slot, first, composite ? JSON.stringify(first) : undefined);
    this.#listener(field, slot);
    return slot;
  }

  #store(slot: number, value: SlotValue, text: string | undefined): number {
    const values = this.values[slot];
    if (values === undefined) throw new Error(`there is no slot ${slot}`);
    const number = values.length;
    if (number > 0x3fffffff) {
      throw new SpecError({
        what: `${this.nameOf(slot)} has had more than a thousand million values`,
        mend: 'Keep less history in the state.',
      });
    }
    values.push(value);
    if (text === undefined) this.#scalars[slot]?.set(value, number);
    else {
      this.#texts[slot]?.set(text, number);
      if (typeof value === 'object' && value !== null) this.#identities[slot]?.set(value, number);
    }
    if (number >= (this.room[slot] ?? 0)) this.outgrown = true;
    return number;
  }
}

function byId([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

function nameOf(field: Field, id: string): string {
  const name = field.name.replace(/^#/, '');
  return field.kind === 'single' ? name : `${name}.${id}`;
}

/** Every object has these, also one that stands for a table: reading an entry of that name would find them. */
function refuseInherited(name: string): never {
  throw new SpecError({
    what: `${name} has a name that JavaScript gives to something else`,
    mend: 'Call the entry otherwise.',
  });
}
