import { isError } from '../../checker/result/thrown-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { placeIn } from './error-place.ts';
import { nearest, nearestOf } from './nearest.ts';

/** The arguments of the command are wrong. The exit code is 2. */
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

/** A list of more names shows only the nearest few, because a longer list goes unread. */
const listedMax = 24;
const nearestMax = 5;

/**
 * The error for a name that is not among `known`. It suggests the nearest one and lists the others.
 */
export function unknownName(unknown: {
  readonly what: string;
  readonly name: string;
  readonly known: readonly string[];
  /** The plural of what `known` lists, as 'parameters'. */
  readonly kind: string;
  readonly where?: string | undefined;
  /** A further sentence for where the list alone does not help. */
  readonly more?: string;
  /** A sentence that says where to find all names, for when there are too many to list. */
  readonly all?: string;
  /** False where the nearest name is no likelier than another, as among numbers. */
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

/** The cause of an error in the three parts that are printed; undefined for a bug of racewright. */
export function problemOf(error: unknown): SpecProblem | undefined {
  // Told by its fields, because the checker and another copy of this package have classes of their
  // own.
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
    // The checker shows the innermost frame of the stack, which may lie in a library.
    mend:
      thrownAt !== undefined && part('mend')?.startsWith('Thrown ')
        ? `Thrown at ${withoutFolder(thrownAt)}.`
        : part('mend'),
  };
}

/** Shortens paths below the current folder to what a user would type. */
export function withoutFolder(text: string): string {
  return text.replaceAll(`${process.cwd()}/`, '');
}
