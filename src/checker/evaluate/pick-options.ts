import type { Plain } from '../../spec/plain.ts';
import { quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { canonical } from '../state/canonical.ts';

/** The options of a pick. */
export interface Options {
  /**
   * The options in the call of the first run. Records and arrays are copies, because a step may
   * change the originals.
   */
  readonly given: readonly unknown[];
  /**
   * The different options as plain data, in the form that schedule entries use. No two are equal.
   */
  readonly plain: readonly Plain[];
  /** The place of each of these among the given ones. */
  readonly places: readonly number[];
}

/**
 * Checks the options of a pick. Equal options count once. Throws a SpecError for a name that
 * JavaScript uses itself, for an option that is not plain data, and for two options that would be
 * written alike.
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

/** Of a longer list a run compares only the option that it takes. */
const LOOKED_AT = 64;

/**
 * True if a later run, which takes the option at `place`, offers the same options as the first run.
 * Of a long list it compares only that option: comparing all in each run would take quadratic time.
 */
export function isOffered({ given }: Options, options: readonly unknown[], place: number): boolean {
  if (given.length !== options.length) return false;
  if (given.length > LOOKED_AT) return isSame(given[place], options[place]);
  return given.every((option, i) => isSame(option, options[i]));
}

function isSame(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || sameRecord(one, other);
}

/** True if two picked values are equal. */
export function samePick(one: Plain, other: Plain): boolean {
  return one === other || sameRecord(one, other);
}

/** True for equal records. Each run may make records anew, and has drafts of those in the state. */
function sameRecord(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other)) return false;
  return JSON.stringify(canonical(one, '')) === JSON.stringify(canonical(other, ''));
}

/** True for a record or an array. */
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
