import { isError } from '../../checker/result/thrown-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { placeIn } from './error-place.ts';
import { nearest, nearestOf } from './nearest.ts';

/** The arguments of the command are wrong: exit code 2. */
export class CliUsageError extends Error implements SpecProblem {
  readonly what: string;
  readonly where: string | undefined;
  readonly mend: string | undefined;

  constructor({ what, where, mend }: SpecProblem) {
    super(what);
    this.name = 'CliUsageError';
    this.what = what;
    this.where = where;
    this.mend = mend;
  }
}

/** So many names are listed; of more only the nearest few, since longer lists are not read. */
const listedMax = 24;
const nearestMax = 5;

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
  /** The sentence that says where all are, for when there are too many to list. */
  readonly all?: string;
  /** False where the nearest is no likelier than any other. */
  readonly guess?: boolean;
}): CliUsageError {
  const { what, name, known, where, more, guess = true } = unknown;
  const best = guess ? nearest(name, known) : undefined;
  const mend = [
    ...(best === undefined ? [] : [`Did you mean '${best}'?`]),
    ...listed(unknown),
    ...(more === undefined ? [] : [more]),
  ];
  return new CliUsageError({ what, where, mend: mend.join(' ') });
}

function listed({
  name,
  known,
  kind,
  all,
}: Pick<Parameters<typeof unknownName>[0], 'name' | 'known' | 'kind' | 'all'>): string[] {
  if (known.length === 0) return [`There are no ${kind}.`];
  if (all === undefined || known.length <= listedMax) return [`The ${kind}: ${known.join(', ')}.`];
  const few = nearestOf(name, known, nearestMax).join(', ');
  return [`The nearest of ${known.length} ${kind}: ${few}.`, all];
}

/**
 * What an error says about its cause, in the three parts in which it is printed; undefined for a
 * bug of ours.
 */
export function problemOf(error: unknown): SpecProblem | undefined {
  // Known by its form: the checker has errors of its own, and another copy of this package has its
  // own classes.
  if (!isError(error) || !('what' in error) || typeof error.what !== 'string') {
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
