import { SpecError } from '../../spec/spec-error.ts';
import { canonical, mustBePlain } from '../state/canonical.ts';
import { ABSENT, type Field, type Slots } from '../state/slots.ts';
import { Copies } from './copies.ts';
import {
  dataProperty,
  inherited,
  isForeign,
  isPlainProperty,
  refuseOddity,
  refuseStale,
} from './object-protocol.ts';
import { TableDraft } from './table-draft.ts';
import type { TableUses } from './table-uses.ts';
import { fieldNamed, type Tracker } from './tracker.ts';
import { fieldNames, isField, shownName, TARGET } from './views.ts';

/** The writes of every run that writes nothing; never changed. */
const NO_WRITES: number[] = [];

/**
 * The view that a recipe may change in one run. The state and its tables are views, the entries are
 * plain copies. At the end the values are compared with those at the beginning.
 */
export class Drafts {
  /**
   * True where also values that equal a known one are checked, because they may be more than plain
   * data.
   */
  isStrict = false;
  readonly slots: Slots;
  readonly #tracker: Tracker;
  readonly #copies: Copies;
  /** By index of a field: its value, and the run that touched it. */
  readonly #held: unknown[] = [];
  readonly #heldAt: number[] = [];
  /** By index of a field: the view of its own table. */
  readonly #own: (TableDraft | undefined)[] = [];
  /** The fields that this run touched, in the first `#count` places. */
  readonly #touched: Field[] = [];
  #count = 0;
  #unseen: number[] = [];
  #writes: number[] = NO_WRITES;
  #uses: TableUses | undefined;
  #isDirect = false;

  constructor(slots: Slots, tracker: Tracker) {
    this.slots = slots;
    this.#tracker = tracker;
    this.#copies = new Copies(slots, tracker);
  }

  /** The number of the current run. Views of an earlier run are stale. */
  get run(): number {
    return this.#copies.run;
  }

  /**
   * A state to be changed; whatever was made for the previous run is stale. With `isDirect` tables
   * that are among its `uses` are plain objects, and count as read.
   */
  begin(uses: TableUses, isDirect: boolean): object {
    this.#copies.run += 1;
    this.#uses = uses;
    this.#isDirect = isDirect;
    this.#count = 0;
    if (this.#unseen.length > 0) this.#unseen = [];
    return new Proxy(TARGET, new StateDraft(this));
  }

  /** Ends the run. Its views throw from now on. */
  end(): void {
    if (this.isStrict) this.#copies.freeze();
    this.#copies.run += 1;
  }

  /** The current value of a field: a value, or the view of its table. */
  held(field: Field): unknown {
    if (this.#heldAt[field.index] === this.run) return this.#held[field.index];
    const value = field.kind === 'table' ? this.#openTable(field) : this.#copies.open(field.single);
    this.hold(field, value);
    return value;
  }

  hold(field: Field, value: unknown): void {
    if (this.#heldAt[field.index] !== this.run) {
      this.#touched[this.#count] = field;
      this.#count += 1;
    }
    this.#held[field.index] = value;
    this.#heldAt[field.index] = this.run;
  }

  /** Writes a slot of the checker itself, which no view shows. */
  write(slot: number, value: unknown): void {
    this.#unseen.push(slot);
    this.#copies.write(slot, value);
  }

  /**
   * The changed slots, each followed by its new value number, in the order of first touch. Throws a
   * SpecError for a value that is not plain data.
   */
  writes(): readonly number[] {
    this.#writes = NO_WRITES;
    for (let i = 0; i < this.#count; i++) {
      const field = this.#touched[i] as Field;
      this.#save(field, this.#held[field.index]);
    }
    for (const slot of this.#unseen) this.#put(slot, this.#copies.current(slot));
    if (this.#writes.length > 2) this.#sort(this.#writes);
    return this.#writes;
  }

  /** Sorts the pairs in place, by insertion: there are few, and most are in order. */
  #sort(writes: number[]): void {
    for (let i = 2; i < writes.length; i += 2) {
      const slot = writes[i] as number;
      const number = writes[i + 1] as number;
      const order = this.#copies.orderOf(slot);
      let to = i;
      while (to > 0 && this.#copies.orderOf(writes[to - 2] as number) > order) {
        writes[to] = writes[to - 2] as number;
        writes[to + 1] = writes[to - 1] as number;
        to -= 2;
      }
      writes[to] = slot;
      writes[to + 1] = number;
    }
  }

  #openTable(field: Field): object {
    const draft = new TableDraft(this.#copies, field, this.#uses);
    this.#own[field.index] = draft;
    return this.#isDirect && this.#uses?.has(field) === true ? draft.plain() : draft.proxy;
  }

  #save(field: Field, held: unknown): void {
    if (field.kind === 'single') {
      this.#put(field.single, held);
      return;
    }
    const own = this.#own[field.index];
    if (own === undefined || own.run !== this.run || !own.isShownAs(held)) {
      this.#replace(field, held);
    } else if (own.entries === undefined) {
      const { touched } = own;
      for (let i = 0; i < touched.length; i++) {
        const slot = touched[i] as number;
        this.#put(slot, this.#copies.current(slot));
      }
    } else this.#putAll(field, own.entries);
  }

  /** `state.table = …`: writes every entry, and deletes those that are missing. */
  #replace(field: Field, value: unknown): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      refuseNoTable(field, value);
    }
    mustBePlain(value, shownName(field));
    this.#putAll(field, value as Record<string, unknown>);
  }

  /** Writes the entries of a table that the recipe read as a whole. */
  #putAll(field: Field, entries: { readonly [id: string]: unknown }): void {
    this.#tracker.enumerated.add(field);
    for (const id in entries) if (!field.slots.has(id)) this.slots.slot(field, id);
    const { sorted } = field;
    for (let i = 0; i < sorted.length; i++) {
      const entry = sorted[i] as (typeof sorted)[number];
      const value = entries[entry[0]];
      const isThere = value !== undefined || Object.hasOwn(entries, entry[0]);
      this.#put(entry[1], isThere ? value : ABSENT);
    }
  }

  #put(slot: number, value: unknown): void {
    // A written slot counts as read even if the recipe did not read it, because the XOR mask needs
    // the old value.
    const before = this.#tracker.read(slot);
    const after = this.#copies.numberOf(slot, value, before);
    // After the write, because it reads tables in its own order, and a second read changes nothing.
    if (this.isStrict && value !== ABSENT) canonical(value, this.slots.nameOf(slot));
    if (after === before) return;
    // A new list for the first write: most steps write one slot or two, and a growing list has room
    // for many.
    if (this.#writes === NO_WRITES) this.#writes = [slot, after];
    else this.#writes.push(slot, after);
  }
}

class StateDraft implements ProxyHandler<object> {
  readonly #drafts: Drafts;
  readonly #run: number;

  constructor(drafts: Drafts) {
    this.#drafts = drafts;
    this.#run = drafts.run;
  }

  get(_: object, key: string | symbol): unknown {
    const drafts = this.#drafts;
    if (this.#run !== drafts.run) refuseStale('the state');
    const field = drafts.slots.ownFields.get(key as string);
    if (field === undefined) {
      if (isForeign(key)) return inherited(key);
      return fieldNamed(drafts.slots, key as string);
    }
    return drafts.held(field);
  }

  set(_: object, key: string | symbol, value: unknown): boolean {
    const drafts = this.#drafts;
    if (this.#run !== drafts.run) refuseStale('the state');
    const field = drafts.slots.ownFields.get(key as string);
    drafts.hold(field ?? fieldNamed(drafts.slots, String(key)), value);
    return true;
  }

  has(_: object, key: string | symbol): boolean {
    return isField(this.#drafts.slots, key) || key in Object.prototype;
  }

  ownKeys(): string[] {
    return fieldNames(this.#drafts.slots);
  }

  getOwnPropertyDescriptor(_: object, key: string | symbol): PropertyDescriptor | undefined {
    return isField(this.#drafts.slots, key) ? dataProperty(this.get(_, key)) : undefined;
  }

  defineProperty(_: object, key: string | symbol, property: PropertyDescriptor): boolean {
    if (!isPlainProperty(property)) refuseOddity(`a hidden or computed field '${String(key)}'`);
    return this.set(_, key, property.value);
  }

  deleteProperty(_: object, key: string | symbol): never {
    throw new SpecError({
      what: `a recipe deletes the field '${String(key)}'`,
      mend: 'Fields stay; delete the entries of a table instead.',
    });
  }

  setPrototypeOf(): never {
    return refuseOddity('a state with another prototype');
  }

  preventExtensions(): never {
    return refuseOddity('a frozen or sealed state');
  }
}

function refuseNoTable(field: Field, value: unknown): never {
  const given = typeof value === 'object' ? JSON.stringify(value) : String(value);
  throw new SpecError({
    what: `the table '${shownName(field)}' was given ${given}`,
    mend: 'A field that starts as a record is a table and stays one: give it a record by id.',
  });
}
