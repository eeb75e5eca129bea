import type { ProcessTable } from '../../spec/process.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { ABSENT, type Field, type Slots } from '../state/slots.ts';
import { dataProperty, inherited, isForeign, refuseStale } from './object-protocol.ts';
import type { TableUses } from './table-uses.ts';
import { fieldNamed, processField, type Tracker } from './tracker.ts';

/** The target of all proxies. Their traps answer everything, so it stays empty. */
export const TARGET: object = {};

/** What guards and properties see. The views belong to one evaluation and throw after it. */
export interface Views {
  readonly state: object;
  readonly processes: ProcessTable;
}

/**
 * Makes read-only views of a state. Each evaluation gets its own, so that a cache keyed by a view
 * never answers for another state. Entries are frozen values.
 */
export class Looks {
  readonly slots: Slots;
  readonly tracker: Tracker;
  /** The number of the current evaluation. Views of another one are stale. */
  evaluation = 0;
  readonly #processes: Field;
  /** The latest views of tables, by index of the field. */
  readonly #tables: (TableLook | undefined)[] = [];
  /** Plain objects in place of views, by the index of the field, and when each was made. */
  readonly #plain: object[] = [];
  readonly #plainAt: number[] = [];
  /** What the present evaluation is known to go through, where anyone asks. */
  uses: TableUses | undefined;
  /** Whether it gets plain objects for that. */
  isDirect = false;
  #twin: Looks | undefined;
  #isWritten: (field: Field) => boolean = () => true;

  constructor(slots: Slots, tracker: Tracker) {
    this.slots = slots;
    this.tracker = tracker;
    this.#processes = processField(slots);
  }

  /**
   * Views for a new evaluation; whatever was made before is stale. The tracker has begun already.
   * With `isDirect` tables that are among its `uses` are plain objects, and count as read.
   */
  begin(uses?: TableUses, isDirect = false): Views {
    this.end();
    this.uses = uses;
    this.isDirect = isDirect;
    if (!isDirect) uses?.begin();
    const state = new Proxy(TARGET, new StateLook(this));
    // The proxy has no type of its own. It answers like a record by id, as ProcessTable says.
    return { state, processes: this.table(this.#processes) as ProcessTable };
  }

  /**
   * Views of the state after a step. A table that the step did not write is the same view as in
   * `before`, as it would be the same object with immer.
   */
  beginAfter(before: Looks, isWritten: (field: Field) => boolean): Views {
    this.#twin = before;
    this.#isWritten = isWritten;
    return this.begin();
  }

  /** Ends the evaluation. Its views throw from now on. */
  end(): void {
    this.evaluation += 1;
  }

  table(field: Field): object {
    if (this.#twin !== undefined && !this.#isWritten(field)) return this.#twin.table(field);
    if (this.isDirect && this.uses?.has(field) === true) return this.#plainTable(field);
    const known = this.#tables[field.index];
    // A view that was never read is as good as new, because no cache can depend on it.
    if (known !== undefined && (known.evaluation === this.evaluation || !known.isUsed)) {
      known.evaluation = this.evaluation;
      return known.proxy;
    }
    const made = new TableLook(this, field);
    this.#tables[field.index] = made;
    return made.proxy;
  }

  #plainTable(field: Field): object {
    const { index } = field;
    if (this.#plainAt[index] === this.evaluation) return this.#plain[index] as object;
    const { tracker, slots } = this;
    tracker.readsWhole = true;
    tracker.enumerated.add(field);
    const table: { [id: string]: unknown } = {};
    for (const entry of field.sorted) {
      const slot = entry[1];
      const value = slots.valueOf(slot, tracker.read(slot));
      if (value !== ABSENT) table[entry[0]] = value;
    }
    this.#plain[index] = Object.freeze(table);
    this.#plainAt[index] = this.evaluation;
    return table;
  }
}

class StateLook implements ProxyHandler<object> {
  readonly #looks: Looks;
  readonly #evaluation: number;

  constructor(looks: Looks) {
    this.#looks = looks;
    this.#evaluation = looks.evaluation;
  }

  get(_: object, key: string | symbol): unknown {
    const looks = this.#looks;
    if (this.#evaluation !== looks.evaluation) refuseStale('the state');
    const field = looks.slots.ownFields.get(key as string);
    if (field === undefined) {
      if (isForeign(key)) return inherited(key);
      return fieldNamed(looks.slots, key as string);
    }
    if (field.kind === 'table') return looks.table(field);
    return looks.tracker.get(field.single);
  }

  has(_: object, key: string | symbol): boolean {
    return isField(this.#looks.slots, key) || key in Object.prototype;
  }

  ownKeys(): string[] {
    return fieldNames(this.#looks.slots);
  }

  getOwnPropertyDescriptor(_: object, key: string | symbol): PropertyDescriptor | undefined {
    return isField(this.#looks.slots, key) ? dataProperty(this.get(_, key)) : undefined;
  }

  set(_: object, key: string | symbol): never {
    return refuseLookerWrites(String(key));
  }

  deleteProperty(_: object, key: string | symbol): never {
    return refuseLookerWrites(String(key));
  }

  defineProperty(_: object, key: string | symbol): never {
    return refuseLookerWrites(String(key));
  }

  setPrototypeOf(): never {
    return refuseLookerWrites('the state');
  }

  preventExtensions(): never {
    return refuseLookerWrites('the state');
  }
}

class TableLook implements ProxyHandler<object> {
  readonly proxy: object;
  readonly #looks: Looks;
  readonly #field: Field;
  evaluation: number;
  /** True once something was read through it. */
  isUsed = false;
  /** How often an entry was asked for. */
  #gets = 0;

  constructor(looks: Looks, field: Field) {
    this.#looks = looks;
    this.#field = field;
    this.evaluation = looks.evaluation;
    this.proxy = new Proxy(TARGET, this);
  }

  get(_: object, key: string | symbol): unknown {
    const looks = this.#looks;
    if (this.evaluation !== looks.evaluation) this.#refuseStale();
    const slot = this.#field.slots.get(key as string);
    if (slot === undefined && isForeign(key)) return inherited(key);
    this.isUsed = true;
    this.#gets += 1;
    if (this.#gets > this.#field.slots.size) looks.uses?.noteGets(this.#field);
    return looks.tracker.get(slot ?? looks.slots.slot(this.#field, key as string));
  }

  has(_: object, key: string | symbol): boolean {
    return this.get(_, key) !== undefined;
  }

  ownKeys(): string[] {
    this.isUsed = true;
    const { evaluation, uses, tracker } = this.#looks;
    if (this.evaluation !== evaluation) this.#refuseStale();
    uses?.note(this.#field);
    return tracker.ids(this.#field);
  }

  getOwnPropertyDescriptor(_: object, key: string | symbol): PropertyDescriptor | undefined {
    if (isForeign(key) && !this.#field.slots.has(key as string)) return undefined;
    const value = this.get(_, key);
    return value === undefined ? undefined : dataProperty(value);
  }

  set(_: object, key: string | symbol): never {
    return refuseLookerWrites(`${shownName(this.#field)}.${String(key)}`);
  }

  deleteProperty(_: object, key: string | symbol): never {
    return refuseLookerWrites(`${shownName(this.#field)}.${String(key)}`);
  }

  defineProperty(_: object, key: string | symbol): never {
    return refuseLookerWrites(`${shownName(this.#field)}.${String(key)}`);
  }

  setPrototypeOf(): never {
    return refuseLookerWrites(shownName(this.#field));
  }

  preventExtensions(): never {
    return refuseLookerWrites(shownName(this.#field));
  }

  #refuseStale(): never {
    return refuseStale(`the table '${shownName(this.#field)}'`);
  }
}

/** The name without the mark of the checker's own tables. */
export function shownName({ name }: Field): string {
  return name.replace(/^#/, '');
}

function refuseLookerWrites(name: string): never {
  throw new SpecError({
    what: `a guard or property tries to change ${name}`,
    mend: 'Guards and properties only read. Change the state in `do`.',
  });
}

/** True for a field of the model. */
export function isField(slots: Slots, key: string | symbol): boolean {
  return slots.ownFields.has(key as string);
}

/** The fields of the model in order. */
export function fieldNames(slots: Slots): string[] {
  return [...slots.ownFields.keys()];
}
