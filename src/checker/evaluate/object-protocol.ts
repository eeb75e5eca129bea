import { SpecError } from '../../spec/spec-error.ts';

/**
 * Every view of a table answers true to this key, so that the checker tells it from a plain object.
 */
export const IS_VIEW: unique symbol = Symbol('view');

/**
 * True for a key that is answered by what every object inherits, or by nothing: it names no entry.
 */
export function isForeign(key: string | symbol): boolean {
  return typeof key === 'symbol' || key in Object.prototype || key === 'toJSON';
}

/** What a plain object without such a key of its own would answer. */
export function inherited(key: string | symbol): unknown {
  if (key === IS_VIEW) return true;
  if (key === '__proto__') return Object.prototype;
  return Reflect.get(Object.prototype, key);
}

/** As the property of a plain object. */
export function dataProperty(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

/** Throws for a view that was kept beyond the evaluation that it was made for. */
export function refuseStale(what: string): never {
  throw new SpecError({
    what: `it uses ${what} after the evaluation that it was given to`,
    mend: 'Keep nothing outside a step, a guard or a property: the next one gets its own.',
  });
}

/** True for what `object[key] = value` would have made. */
export function isPlainProperty(property: PropertyDescriptor): boolean {
  const { writable, enumerable, configurable } = property;
  return 'value' in property && writable === true && enumerable === true && configurable === true;
}

/** Throws for a record that would be more than its entries. */
export function refuseOddity(what: string): never {
  throw oddity(what);
}

/** For a recipe that makes more of the state, or of a part of it, than plain data. */
export function oddity(what: string): SpecError {
  return new SpecError({
    what: `a recipe makes ${what}`,
    mend: 'The state and all parts of it are plain: set, change and delete their entries.',
  });
}
