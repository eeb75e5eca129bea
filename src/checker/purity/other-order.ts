import type { Plain } from '../../spec/plain.ts';
import { setOwn } from '../canonical.ts';
import { ABSENT, type Slots } from '../slots.ts';

type Table = { readonly [id: string]: Plain };

/**
 * The entries of a table in another order: those that come and go change their places among
 * themselves, as if they had been added the other way round, and so do the fields of each entry.
 * Entries that are always there keep their places, since plain objects keep them, too.
 */
export function inOtherOrder(slots: Slots, name: string, table: Table): Table {
  const field = slots.fields.get(name);
  const ids = Object.keys(table);
  const isLate = (id: string) =>
    slots.values[field?.slots.get(id) ?? -1]?.some((value) => value === ABSENT) !== false;
  const late = ids.filter(isLate);
  const other: { [id: string]: Plain } = {};
  for (const id of ids) {
    const next = isLate(id) ? (late.pop() as string) : id;
    setOwn(other, next, withOtherKeys(table[next] as Plain));
  }
  return Object.freeze(other);
}

/** An equal value, the keys of its records in reverse order. Numbers stay in order in any object. */
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
