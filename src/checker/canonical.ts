import type { Plain } from '../spec/plain.ts';
import { SpecError } from '../spec/spec-error.ts';

/**
 * A frozen deep copy of `value` with sorted keys, so that equal values have one form: key order, the
 * sharing of parts and the sign of zero are forgotten, and drafts are replaced by what they stand for (a draft can be walked like what it stands for).
 *
 * Throws a SpecError that names the key path (`path` and below) of the first part that is not plain data.
 */
export function canonical(value: unknown, path: string): Plain {
  return canonicalPart(value, path, []);
}

function canonicalPart(value: unknown, path: string, above: readonly object[]): Plain {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) refuse(`the number ${value}`, path);
      return value === 0 ? 0 : value;
    case 'object':
      return value === null ? null : canonicalObject(value, path, above);
    default:
      return refuse(value === undefined ? 'undefined' : `a ${typeof value}`, path);
  }
}

function canonicalObject(value: object, path: string, above: readonly object[]): Plain {
  if (above.includes(value)) refuse('a cycle: it contains itself', path);
  const chain = [...above, value];
  if (Array.isArray(value)) {
    // Array.from visits holes too, which `map` would skip.
    const parts = Array.from(value, (part, i) => canonicalPart(part, `${path}.${i}`, chain));
    return Object.freeze(parts);
  }
  mustBePlain(value, path);
  const entries = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, canonicalPart(part, `${path}.${key}`, chain)] as const);
  return Object.freeze(Object.fromEntries(entries));
}

/**
 * Throws a SpecError for an object that is more than the record of its entries: a Map, an instance of a class, one with
 * keys that are symbols. What the entries hold is not looked at.
 */
export function mustBePlain(value: object, path: string, where?: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    refuse(`a ${nameOfClass(prototype)}`, path, where);
  }
  const symbol = Object.getOwnPropertySymbols(value)[0];
  if (symbol !== undefined) refuse(`a key that is a symbol (${String(symbol)})`, path, where);
}

function nameOfClass(prototype: unknown): string {
  const maker: unknown = (prototype as { constructor?: unknown }).constructor;
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'class instance';
}

function refuse(found: string, path: string, where?: string): never {
  throw new SpecError({
    what: `${path} was given ${found}`,
    where,
    mend: 'A state holds plain data only: strings, finite numbers, booleans, null, arrays and records. Delete an entry instead of storing undefined; store a Date as a number, a Set or Map as a record.',
  });
}
