import type { Plain } from '../../spec/plain.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { DEPTH_MAX } from './plain-hash.ts';

/** A part of a state while it is being built. */
type Growing = string | number | boolean | null | Growing[] | { [key: string]: Growing };

/**
 * A deep copy of `value` with sorted keys, so that equal values have one form. It forgets the order
 * of keys, the sharing of parts and the sign of zero, and replaces views by their data.
 *
 * Throws a SpecError with the key path (`path` and below) of the first part that is not plain data.
 */
export function canonical(value: unknown, path: string): Plain {
  return copyOf(value, path, []);
}

function copyOf(value: unknown, path: string, above: readonly object[]): Growing {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) refuse(`the number ${value}`, path);
      return value === 0 ? 0 : value;
    case 'object':
      return value === null ? null : copyOfObject(value, path, above);
    default:
      return refuse(value === undefined ? 'undefined' : `a ${typeof value}`, path);
  }
}

function copyOfObject(value: object, path: string, above: readonly object[]): Growing {
  if (above.includes(value)) refuse('a cycle: it contains itself', shortened(path));
  if (above.length >= DEPTH_MAX) refuse(`a value nested over ${DEPTH_MAX} deep`, shortened(path));
  const chain = [...above, value];
  if (Array.isArray(value)) {
    mustBeList(value, path);
    // Array.from visits holes, which `map` would skip.
    return Array.from(value, (part, i) => copyOf(part, `${path}.${i}`, chain));
  }
  mustBePlain(value, path);
  const copy: { [key: string]: Growing } = {};
  for (const key of Object.keys(value).sort()) {
    setOwn(copy, key, copyOf((value as { [key: string]: unknown })[key], `${path}.${key}`, chain));
  }
  return copy;
}

/** `object[key] = value`, also for the key `__proto__`. */
export function setOwn(object: object, key: string, value: unknown): void {
  if (key !== '__proto__') (object as { [key: string]: unknown })[key] = value;
  else {
    const property = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(object, key, property);
  }
}

/**
 * Throws a SpecError for an object that is more than the record of its entries: a Map, an instance,
 * or one with symbols, hidden keys or getters. The values of the entries are not checked.
 */
export function mustBePlain(value: object, path: string, where?: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    refuse(`a ${nameOfClass(prototype)}`, path, where);
  }
  for (const key of Reflect.ownKeys(value)) mustBeData(value, key, path, where);
}

/** Throws a SpecError for an array that is more than the list of its elements. */
function mustBeList(value: readonly unknown[], path: string): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Array.prototype) refuse(`a ${nameOfClass(prototype)}`, path);
  const keys = Reflect.ownKeys(value);
  // The keys are the elements and `length`. With more keys, one of them is no element.
  if (keys.length > value.length + 1 || keys.length <= value.length) {
    const odd = keys.find((key) => key !== 'length' && !isIndex(key));
    if (odd !== undefined) refuse(`an array with a property of its own (${String(odd)})`, path);
  }
  for (const key of keys) if (key !== 'length') mustBeData(value, key, path);
}

function isIndex(key: string | symbol): boolean {
  return typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key);
}

function mustBeData(value: object, key: string | symbol, path: string, where?: string): void {
  if (typeof key === 'symbol') refuse(`a key that is a symbol (${String(key)})`, path, where);
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property === undefined || !('value' in property)) {
    refuse(`a property that is computed (${key})`, path, where);
  }
  if (property.enumerable !== true) refuse(`a property that is hidden (${key})`, path, where);
}

function nameOfClass(prototype: unknown): string {
  const maker: unknown = (prototype as { constructor?: unknown } | null)?.constructor;
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'class instance';
}

/** A path of hundreds of levels, cut after its beginning. */
function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}

function refuse(found: string, path: string, where?: string): never {
  throw new SpecError({
    what: `${path} was given ${found}`,
    where,
    mend: 'A state holds plain data only: strings, finite numbers, booleans, null, arrays and records. Delete an entry instead of storing undefined; store a Date as a number, a Set or Map as a record.',
  });
}
