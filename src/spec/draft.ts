import type { Plain, Scalar } from './plain.ts';

/**
 * A part of the state that a step may change. A tuple that is declared read-only stays read-only:
 * a step replaces it as a whole. `Plain` stays as it is, because it describes any data.
 */
// The whole union is compared first, because below it is taken apart.
export type Draft<T> = [Plain] extends [T] ? T : DraftOf<T>;

type DraftOf<T> = T extends Scalar | undefined
  ? T
  : T extends readonly unknown[]
    ? DraftList<T>
    : T extends object
      ? { -readonly [K in keyof T]: Draft<T[K]> }
      : T;

type DraftList<T extends readonly unknown[]> = number extends T['length']
  ? Draft<T[number]>[]
  : T extends unknown[]
    ? { [K in keyof T]: Draft<T[K]> }
    : T;

/** A part of the state that guards and properties see. */
export type Immutable<T> = [Plain] extends [T] ? T : ImmutableOf<T>;

type ImmutableOf<T> = T extends Scalar | undefined
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;
