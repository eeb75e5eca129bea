import type { Scalar } from './plain.ts';
import { SpecError } from './spec-error.ts';

type Value = Exclude<Scalar, null>;

/**
 * A parameter of a scenario: it has finitely many values, and takes its default unless the user
 * sets it.
 */
export interface Parameter<T extends Value = Value> {
  readonly values: readonly T[];
  readonly default: T;
  /** One line for `list` and for error messages. */
  readonly about?: string | undefined;
  /** True for a parameter that `matrix` keeps at its default unless the user sets it. */
  readonly advanced?: boolean | undefined;
}

export type Parameters = { readonly [name: string]: Parameter };

/** One value for each parameter. */
export type Point<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

/** Values of some parameters. A missing one has its default. */
export type GivenPoint<P extends Parameters> = string extends keyof P
  ? AnyPoint
  : [keyof P] extends [never]
    ? { readonly [name: string]: never }
    : Partial<Point<P>>;

export type AnyPoint = { readonly [name: string]: Value };

/** A parameter with the given values. Its default is the first unless `default` names another. */
export function choice<const T extends Value>(
  values: readonly [T, ...T[]],
  options: {
    readonly default?: NoInfer<T>;
    readonly about?: string;
    readonly advanced?: boolean;
  } = {},
): Parameter<T> {
  const { about, advanced } = options;
  return { values, default: options.default ?? values[0], about, advanced };
}

/** A range beyond this is surely a mistake: each value would be a check of its own. */
const rangeMax = 10_000;

/**
 * A parameter whose values are the whole numbers from `least` to `most`. Its default is `least`
 * unless `default` names another. Throws a SpecError for bounds that are not whole numbers in
 * order, and for more than 10,000 values.
 */
export function range(
  least: number,
  most: number,
  options: { readonly default?: number; readonly about?: string } = {},
): Parameter<number> {
  const where = `range(${least}, ${most})`;
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most) || least > most) {
    throw new SpecError({
      what: 'its bounds are not two whole numbers, the smaller one first',
      where,
      mend: 'Write it like this: range(1, 3)',
    });
  }
  if (most - least >= rangeMax) {
    throw new SpecError({
      what: `it has ${most - least + 1} values, and at most ${rangeMax} are allowed`,
      where,
      mend: 'Each value is a check of its own: choose the few that matter, as in choice([1, 10, 1000]).',
    });
  }
  const values = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  return { values, default: options.default ?? least, about: options.about };
}

/** The point at which every parameter has its default. */
export function defaultPoint(parameters: Parameters): AnyPoint {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { default: usual }]) => [name, usual]),
  );
}
