import type { Plain } from '../../spec/plain.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { setOwn } from '../state/canonical.ts';
import { ABSENT, type Field, type Slots } from '../state/slots.ts';

type Table = { readonly [id: string]: Plain };

/**
 * The ids of a table in another order. Entries that come and go exchange their places, as if they
 * had been added in reverse. Entries that always exist keep their places, as in plain objects.
 */
export function inOtherOrder(slots: Slots, field: Field, ids: readonly string[]): string[] {
  const isLate = (id: string) =>
    slots.values[field.slots.get(id) ?? -1]?.some((value) => value === ABSENT) !== false;
  const late = ids.filter(isLate);
  return ids.map((id) => (isLate(id) ? (late.pop() as string) : id));
}

/** The entries of a table in another order, and the fields of each of them. */
export function tableInOtherOrder(slots: Slots, field: Field, table: Table): Table {
  const other: { [id: string]: Plain } = {};
  for (const id of inOtherOrder(slots, field, Object.keys(table))) {
    setOwn(other, id, withOtherKeys(table[id] as Plain));
  }
  return Object.freeze(other);
}

/**
 * An equal value with the keys of its records reversed. Keys that are numbers stay in order in any
 * object.
 */
export function withOtherKeys(value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(withOtherKeys)) as Plain;
  const record = value as { readonly [key: string]: Plain };
  const other: { [key: string]: Plain } = {};
  for (const key of Object.keys(record).reverse()) {
    setOwn(other, key, withOtherKeys(record[key] as Plain));
  }
  return Object.freeze(other);
}

/** The error for a recipe or test that depends on the order of keys. */
export function dependsOnOrder(where?: string): SpecError {
  return new SpecError({
    what: 'it depends on the order in which the keys of a record were set, which a state does not keep',
    ...(where === undefined ? {} : { where }),
    mend: 'Sort the keys, or hold them in a list in which their order is a part of the state.',
  });
}
