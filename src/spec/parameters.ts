import type { Scalar } from './plain.ts';

type Value = Exclude<Scalar, null>;

/** A parameter of a scenario: finitely many values, one of which is taken when nobody says otherwise. */
export interface Parameter<T extends Value = Value> {
  readonly values: readonly T[];
  readonly default: T;
  /** One line for `list` and for error messages. */
  readonly about?: string | undefined;
  /** Left at its default unless somebody names it: a matrix does not range over it by itself. */
  readonly aside?: boolean | undefined;
}

export type Parameters = { readonly [name: string]: Parameter };

/** The values that a set of parameters takes at one point. */
export type Point<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

export type AnyPoint = { readonly [name: string]: Value };

/** One of the given values; the first is the default unless another is named. */
export function choice<const T extends Value>(
  values: readonly [T, ...T[]],
  options: {
    readonly default?: NoInfer<T>;
    readonly about?: string;
    readonly aside?: boolean;
  } = {},
): Parameter<T> {
  const { about, aside } = options;
  return { values, default: options.default ?? values[0], about, aside };
}

/** A whole number from `least` to `most`; `least` is the default unless another is named. */
export function range(
  least: number,
  most: number,
  options: { readonly default?: number; readonly about?: string } = {},
): Parameter<number> {
  const values = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  return { values, default: options.default ?? least, about: options.about };
}
