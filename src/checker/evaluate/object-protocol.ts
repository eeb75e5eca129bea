import { SpecError } from '../../spec/spec-error.ts';

/** The key by which the checker tells a view of a table from a plain object. */
export const IS_VIEW: unique symbol = Symbol('view');

/** True for a key that names no entry: one that every object inherits, or a symbol. */
export function isForeign(key: string | symbol): boolean {
  return typeof key === 'symbol' || key in Object.prototype || key === 'toJSON';
}

/** The answer of a plain object that has no such key of its own. */
export function inherited(key: string | symbol): unknown {
  if (key === IS_VIEW) return true;
  if (key === '__proto__') return Object.prototype;
  return Reflect.get(Object.prototype, key);
}

/** A property of a plain object. */
export function dataProperty(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

/** Throws a SpecError for a view that a recipe kept beyond its evaluation. */
export function refuseStale(what: string): never {
  throw new SpecError({
    what: `it uses ${what} after the evaluation that it was given to`,
    mend: 'Keep nothing outside a step, a guard or a property: the next one gets its own.',
  });
}

/** True for a property that `object[key] = value` would have made. */
export function isPlainProperty(property: PropertyDescriptor): boolean {
  const { writable, enumerable, configurable } = property;
  return 'value' in property && writable === true && enumerable === true && configurable === true;
}

/** Throws a SpecError for a record that would be more than its entries. */
export function refuseOddity(what: string): never {
  throw oddity(what);
}

/** The error for a recipe that makes more of the state, or of a part of it, than plain data. */
export function oddity(what: string): SpecError {
  return new SpecError({
    what: `a recipe makes ${what}`,
    mend: 'The state and all parts of it are plain: set, change and delete their entries.',
  });
}
