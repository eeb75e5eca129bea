import type { Named } from './bodies.ts';
import type { ProcessTable } from './process.ts';
import type { AnyBody } from './property.ts';

/**
 * The key under which a function keeps the body that it stands for. Two copies of this package
 * share it.
 */
const meaning: unique symbol = Symbol.for('racewright/meaning');

/**
 * Makes a function that can be called and that stands for `body` wherever a body can. Both must say
 * the same.
 */
export function named<S>(
  asks: (state: S, processes: ProcessTable) => boolean,
  body: AnyBody,
): Named<S> {
  Object.defineProperty(asks, meaning, { value: body });
  // The mark that the type demands exists only for the compiler.
  return asks as Named<S>;
}

/** The body that a function stands for; undefined for any other value. */
export function meaningOf(value: unknown): AnyBody | undefined {
  if (typeof value !== 'function') return undefined;
  return (value as { readonly [meaning]?: AnyBody })[meaning];
}
