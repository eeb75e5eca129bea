import type { SpecProblem } from '../spec/spec-error.ts';
import { placeIn } from './error-place.ts';
import { nearest } from './nearest.ts';

/** The command was called in a way that cannot be meant: exit code 2. */
export class WrongUsage extends Error implements SpecProblem {
  readonly what: string;
  readonly where: string | undefined;
  readonly mend: string | undefined;

  constructor({ what, where, mend }: SpecProblem) {
    super(what);
    this.name = 'WrongUsage';
    this.what = what;
    this.where = where;
    this.mend = mend;
  }
}

/** A name that is not among `known`: says so, suggests the nearest, and lists what there is. */
export function unknownName(unknown: {
  readonly what: string;
  readonly name: string;
  readonly known: readonly string[];
  /** What `known` is a list of: 'parameters'. */
  readonly kind: string;
  readonly where?: string | undefined;
  /** A sentence more, if the list alone does not help. */
  readonly more?: string;
}): WrongUsage {
  const { what, name, known, kind, where, more } = unknown;
  const best = nearest(name, known);
  const mend = [
    ...(best === undefined ? [] : [`Did you mean '${best}'?`]),
    known.length === 0 ? `There are no ${kind}.` : `The ${kind}: ${known.join(', ')}.`,
    ...(more === undefined ? [] : [more]),
  ];
  return new WrongUsage({ what, where, mend: mend.join(' ') });
}

/** What an error says about its cause, in the three parts in which it is printed; undefined for a bug of ours. */
export function problemOf(error: unknown): SpecProblem | undefined {
  // Known by its form: the checker has errors of its own, and another copy of this package has its own classes.
  if (!(error instanceof Error) || !('what' in error) || typeof error.what !== 'string') {
    return undefined;
  }
  const part = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? withoutFolder(value) : undefined;
  };
  const thrownAt = placeIn(error.cause);
  return {
    what: withoutFolder(error.what),
    where: part('where'),
    // The checker shows the innermost frame of the stack, which may be one of a library.
    mend:
      thrownAt !== undefined && part('mend')?.startsWith('Thrown ')
        ? `Thrown at ${withoutFolder(thrownAt)}.`
        : part('mend'),
  };
}

/** Paths below the current folder are shown as they would be typed. */
export function withoutFolder(text: string): string {
  return text.replaceAll(`${process.cwd()}/`, '');
}
