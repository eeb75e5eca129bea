import { SpecError } from '../../spec/spec-error.ts';
import { ABSENT, type Field } from '../state/slots.ts';
import type { Copies } from './copies.ts';
import {
  dataProperty,
  inherited,
  isForeign,
  isPlainProperty,
  refuseOddity,
  refuseStale,
} from './object-protocol.ts';
import type { TableUses } from './table-uses.ts';
import { shownName, TARGET } from './views.ts';

const NONE: readonly number[] = [];

/**
 * A table as a recipe sees it. Entries are copied and recorded as read one by one. A recipe that
 * asks for their order reads all of them; from then on a plain object stands behind this view.
 */
export class TableDraft implements ProxyHandler<object> {
  readonly run: number;
  /** All entries, once the recipe has enumerated them; undefined before. */
  entries: { [id: string]: unknown } | undefined;
  /** The slots that were touched before that. */
  touched: readonly number[] = NONE;
  readonly #copies: Copies;
  readonly #field: Field;
  /** Added entries, in the order in which a plain object would list them. */
  #added: number[] | undefined;
  /** Entries that were deleted at some time. One that comes back stands at the end. */
  #deleted: Set<number> | undefined;
  readonly #uses: TableUses | undefined;
  /** How often an entry was asked for. */
  #gets = 0;
  #proxy: object | undefined;

  constructor(copies: Copies, field: Field, uses: TableUses | undefined) {
    this.#copies = copies;
    this.#field = field;
    this.#uses = uses;
    this.run = copies.run;
  }

  get proxy(): object {
    this.#proxy ??= new Proxy(TARGET, this);
    return this.#proxy;
  }

  /** The entries as a plain object, in place of the proxy. */
  plain(): object {
    this.#copies.tracker.readsWhole = true;
    return this.#all();
  }

  /** Whether this is what the recipe was given for this table. */
  isShownAs(held: unknown): boolean {
    return held === this.#proxy || (this.#proxy === undefined && held === this.entries);
  }

  get(_: object, key: string | symbol): unknown {
    this.#mustBeFresh();
    if (this.entries !== undefined && key in this.entries) {
      return key === '__proto__' ? Object.prototype : Reflect.get(this.entries, key);
    }
    const slot = this.#field.slots.get(key as string);
    if (slot === undefined && isForeign(key)) return inherited(key);
    if (this.entries !== undefined) return undefined;
    this.#gets += 1;
    if (this.#gets > this.#field.slots.size) this.#uses?.noteGets(this.#field);
    return this.#open(slot ?? this.#slot(key as string));
  }

  set(_: object, key: string | symbol, value: unknown): boolean {
    this.#mustBeFresh();
    const slot = this.#field.slots.get(key as string);
    if (slot === undefined) this.#mustBeId(key);
    if (this.entries !== undefined) this.entries[key as string] = value;
    // A plain object keeps an entry of value undefined, but a slot cannot. It is refused at the end
    // of the run.
    else if (value === undefined) this.#all()[key as string] = value;
    else this.#write(slot ?? this.#slot(key as string), value);
    return true;
  }

  deleteProperty(_: object, key: string | symbol): boolean {
    this.#mustBeFresh();
    if (this.entries !== undefined) return Reflect.deleteProperty(this.entries, key);
    if (isForeign(key) && !this.#field.slots.has(key as string)) return true;
    const slot = this.#slot(key as string);
    this.#added = this.#added?.filter((other) => other !== slot);
    this.#deleted ??= new Set();
    this.#deleted.add(slot);
    this.#touch(slot, ABSENT);
    return true;
  }

  has(_: object, key: string | symbol): boolean {
    if (this.entries !== undefined) return key in this.entries;
    return this.get(_, key) !== undefined;
  }

  ownKeys(): (string | symbol)[] {
    this.#mustBeFresh();
    this.#uses?.note(this.#field);
    return Reflect.ownKeys(this.#all());
  }

  getOwnPropertyDescriptor(_: object, key: string | symbol): PropertyDescriptor | undefined {
    if (this.entries !== undefined) return Reflect.getOwnPropertyDescriptor(this.entries, key);
    if (isForeign(key) && !this.#field.slots.has(key as string)) return undefined;
    const value = this.get(_, key);
    return value === undefined ? undefined : dataProperty(value);
  }

  defineProperty(_: object, key: string | symbol, property: PropertyDescriptor): boolean {
    if (!isPlainProperty(property)) {
      refuseOddity(`a hidden or computed entry '${shownName(this.#field)}.${String(key)}'`);
    }
    return this.set(_, key, property.value);
  }

  setPrototypeOf(): never {
    return refuseOddity(`a table '${shownName(this.#field)}' with another prototype`);
  }

  preventExtensions(): never {
    return refuseOddity(`a frozen or sealed table '${shownName(this.#field)}'`);
  }

  #mustBeFresh(): void {
    if (this.run !== this.#copies.run) refuseStale(`the table '${shownName(this.#field)}'`);
  }

  #mustBeId(key: string | symbol): void {
    if (typeof key === 'string' && !(key in Object.prototype)) return;
    throw new SpecError({
      what: `${shownName(this.#field)}.${String(key)} has a name that JavaScript gives to something else`,
      mend: 'Give the entry another name.',
    });
  }

  #slot(id: string): number {
    return this.#field.slots.get(id) ?? this.#copies.slots.slot(this.#field, id);
  }

  #open(slot: number): unknown {
    const isNew = !this.#copies.isTouched(slot);
    const value = this.#copies.open(slot);
    if (isNew && this.#copies.isTouched(slot)) this.#note(slot);
    return value;
  }

  #write(slot: number, value: unknown): void {
    if (this.#copies.isAbsent(slot)) {
      this.#added ??= [];
      this.#added.push(slot);
    }
    this.#touch(slot, value);
  }

  #touch(slot: number, value: unknown): void {
    if (!this.#copies.isTouched(slot)) this.#note(slot);
    this.#copies.write(slot, value);
  }

  #note(slot: number): void {
    // A new list for the first touch: most runs touch one entry or none, and a growing list has
    // room for many.
    if (this.touched === NONE) this.touched = [slot];
    else (this.touched as number[]).push(slot);
  }

  /** All entries as a plain object, for which this view stands from now on. */
  #all(): { [id: string]: unknown } {
    if (this.entries !== undefined) return this.entries;
    const copies = this.#copies;
    copies.tracker.enumerated.add(this.#field);
    const entries: { [id: string]: unknown } = {};
    for (const [id, slot] of this.#field.sorted) {
      copies.tracker.read(slot);
      if (this.#deleted?.has(slot) === true || this.#added?.includes(slot) === true) continue;
      const value = copies.open(slot);
      if (value !== undefined) entries[id] = value;
    }
    for (const slot of this.#added ?? []) {
      entries[copies.slots.idOf[slot] as string] = copies.current(slot);
    }
    this.entries = entries;
    return entries;
  }
}
