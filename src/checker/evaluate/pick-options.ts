import type { Plain } from '../../spec/plain.ts';
import { quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { canonical } from '../state/canonical.ts';

/** What a recipe lets a pick choose from. */
export interface Options {
  /**
   * As they were given in the first run; of records and arrays what they held then, since a step
   * may change them.
   */
  readonly given: readonly unknown[];
  /**
   * The different ones as a state would hold them: so they are written in schedule entries. No two
   * are equal.
   */
  readonly plain: readonly Plain[];
  /** Where each of these stands among those that were given. */
  readonly places: readonly number[];
}

/**
 * The options of a pick. One that is given twice is one option. Throws a SpecError for a name that
 * JavaScript gives to something else, for an option that is not plain data, and for two that would
 * be written alike.
 */
export function optionsOf(name: string, options: readonly unknown[]): Options {
  checkForm(name, options);
  const given: unknown[] = [];
  const plain: Plain[] = [];
  const places: number[] = [];
  const known = new Map<unknown, number>();
  for (const [place, option] of options.entries()) {
    const value = plainOption(name, option, place);
    given.push(isRecord(value) ? value : option);
    const key = typeof value === 'string' || isRecord(value) ? JSON.stringify(value) : value;
    const twin = known.get(key);
    if (twin === undefined) {
      known.set(key, place);
      plain.push(value);
      places.push(place);
    } else if (!Object.is(options[twin], option)) refuseAlike(name, value, twin, place);
  }
  return { given, plain, places };
}

/** Of more options than this, a run looks only at those that it gives. */
const LOOKED_AT = 64;

/**
 * Whether a later run, which takes the option at `place`, offers the same options as the first one
 * did. Of very many a look at each in each run would take the square of their number.
 */
export function isOffered({ given }: Options, options: readonly unknown[], place: number): boolean {
  if (given.length !== options.length) return false;
  if (given.length > LOOKED_AT) return isSame(given[place], options[place]);
  return given.every((option, i) => isSame(option, options[i]));
}

function isSame(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || sameRecord(one, other);
}

/** Whether two values of picks are equal. */
export function samePick(one: Plain, other: Plain): boolean {
  return one === other || sameRecord(one, other);
}

/** Each run may make its records anew, and has a draft of its own of those that the state holds. */
function sameRecord(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other)) return false;
  return JSON.stringify(canonical(one, '')) === JSON.stringify(canonical(other, ''));
}

/** A record or an array. */
const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

function plainOption(name: string, option: unknown, place: number): Plain {
  if (typeof option === 'string' || typeof option === 'boolean') return option;
  try {
    return canonical(option, `option ${place + 1} of the pick ${quoted(name)}`);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new SpecError({
      what: error.what,
      mend: 'An option is plain data, so that a schedule entry can say it: a string, a finite number, a boolean, null, or an array or record of these.',
    });
  }
}

function checkForm(name: unknown, options: unknown): void {
  if (typeof name !== 'string' || name in Object.prototype) {
    throw new SpecError({
      what: `a pick cannot have the name ${quoted(name)}`,
      mend: 'Give it a name that JavaScript does not give to something else.',
    });
  }
  if (Array.isArray(options)) return;
  throw new SpecError({
    what: `the pick ${quoted(name)} was given ${quoted(options)}, which is no array of options`,
    mend: "Write it like this: pick('host', ['h1', 'h2'])",
  });
}

function refuseAlike(name: string, value: Plain, one: number, other: number): never {
  throw new SpecError({
    what: `options ${one + 1} and ${other + 1} of the pick ${quoted(name)} are different and are both written ${JSON.stringify(value)}`,
    mend: 'Pick an id and look the record up, or leave one out.',
  });
}
