import type { ProcessTable } from '../spec/process.ts';
import { SpecError } from '../spec/spec-error.ts';
import { mustBePlain } from './canonical.ts';
import type { Field, Slots } from './slots.ts';
import { fieldNamed, processField, type Tracker } from './tracker.ts';

/** What models get to see: proxies that send every touch to the tracker. Made once, used for all evaluations. */
export interface Views {
  readonly state: object;
  /** Read-only: recipes reach other processes through the `processes` argument instead. */
  readonly processes: ProcessTable;
}

export function makeViews(slots: Slots, tracker: Tracker): Views {
  const tables = new Map<string, object>();
  for (const field of slots.fields.values()) {
    if (field.kind === 'table') tables.set(field.name, tableView(field, slots, tracker));
  }
  // A view of records by id, which is what ProcessTable says; the proxy has no type of its own.
  const processes = tables.get(processField(slots).name) as ProcessTable;
  return { state: stateView(slots, tracker, tables), processes };
}

function stateView(slots: Slots, tracker: Tracker, tables: ReadonlyMap<string, object>): object {
  const single = (field: Field) => slots.slot(field, '');
  const read = (name: string) => {
    const field = fieldNamed(slots, name);
    return field.kind === 'table' ? tables.get(name) : tracker.get(single(field));
  };
  return new Proxy(
    {},
    {
      get: (target, key) => {
        if (typeof key === 'symbol') return undefined;
        if (key in target && !slots.fields.has(key)) return Reflect.get(target, key);
        return read(key);
      },
      has: (_, key) => typeof key === 'string' && slots.fields.has(key),
      set: (_, key, value) => {
        const field = fieldNamed(slots, String(key));
        if (field.kind === 'single') tracker.set(single(field), value);
        else replaceTable(field, value, slots, tracker);
        return true;
      },
      deleteProperty: (_, key) => {
        const what = `a recipe deletes the field '${String(key)}'`;
        throw new SpecError({ what, mend: 'Fields stay; delete the entries of a table instead.' });
      },
      ownKeys: () => [...slots.fields.keys()].filter((name) => !name.startsWith('#')),
      getOwnPropertyDescriptor: (_, key) =>
        typeof key === 'string' && slots.fields.has(key) ? property(read(key)) : undefined,
    },
  );
}

function tableView(field: Field, slots: Slots, tracker: Tracker): object {
  const slotOf = (key: string | symbol) => slots.slot(field, String(key));
  return new Proxy(
    {},
    {
      get: (target, key) => {
        if (typeof key === 'symbol') return undefined;
        // `toString` and the like, unless the model has an entry of that name.
        if (key in target && !field.slots.has(key)) return Reflect.get(target, key);
        return tracker.get(slotOf(key));
      },
      has: (_, key) => typeof key === 'string' && tracker.has(slotOf(key)),
      set: (_, key, value) => {
        tracker.set(slotOf(key), value);
        return true;
      },
      deleteProperty: (_, key) => {
        tracker.remove(slotOf(key));
        return true;
      },
      ownKeys: () => tracker.ids(field),
      getOwnPropertyDescriptor: (_, key) => {
        if (typeof key === 'symbol') return undefined;
        const slot = slotOf(key);
        return tracker.has(slot) ? property(tracker.get(slot)) : undefined;
      },
    },
  );
}

/** `state.table = { … }`: every entry is written, those that are missing are removed. */
function replaceTable(field: Field, value: unknown, slots: Slots, tracker: Tracker): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SpecError({
      what: `the table '${field.name}' was given ${JSON.stringify(value) ?? String(value)}`,
      mend: 'A field that starts as a record is a table and stays one: give it a record by id.',
    });
  }
  mustBePlain(value, field.name);
  const entries = Object.entries(value);
  for (const id of tracker.ids(field)) tracker.remove(slots.slot(field, id));
  for (const [id, entry] of entries) tracker.set(slots.slot(field, id), entry);
}

function property(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}
