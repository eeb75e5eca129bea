import { SpecError } from './spec-error.ts';
import { visible } from './visible.ts';

/**
 * Throws a SpecError. It is needed because the command does not type-check the files that it runs.
 */
export function refuse(where: string, what: string, mend: string): never {
  throw new SpecError({ what, where, mend });
}

export type AnyRecord = { readonly [name: string]: unknown };

export const isRecord = (value: unknown): value is AnyRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for a record without a class. A Map or an instance holds more than its entries show. */
export function isPlainRecord(value: unknown): value is AnyRecord {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isForeignPlain(prototype);
}

/** True for the prototype of a record that another realm made: it has no prototype itself. */
const isForeignPlain = (prototype: unknown): boolean => Object.getPrototypeOf(prototype) === null;

/**
 * A value as an error message quotes it: on one line, shortened, with invisible characters escaped.
 */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return `'${shortened(value, nameMax)}'`;
  if (typeof value === 'function') return 'a function';
  return shortened(jsonOf(value) ?? textOf(value), quotedMax);
}

const shortened = (text: string, most: number): string =>
  visible(text.length > most ? `${text.slice(0, most)}…` : text);

const quotedMax = 60;
const nameMax = 200;

/** A value that cannot be turned into text still has a type. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** The value as JSON; undefined where JSON cannot say it. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Throws a SpecError for a key of the record that is not among the known ones, and lists those. */
export function refuseUnknown(
  given: object,
  known: readonly string[],
  kind: string,
  where: string,
): void {
  const odd = Object.keys(given).find((name) => !known.includes(name));
  if (odd === undefined) return;
  refuse(where, `there is no ${kind} '${odd}'`, `There is ${known.join(', ')}.`);
}

/** Throws a SpecError for a value that is not among the known ones. */
export function refuseOther(
  value: unknown,
  known: readonly unknown[],
  name: string,
  where: string,
): void {
  if (known.includes(value)) return;
  refuse(where, `${name} cannot be ${quoted(value)}`, `It can be ${known.map(quoted).join(', ')}.`);
}

/** Throws a SpecError for a name that is no text or is empty. */
export function refuseNameless(name: unknown, kind: string, where: string): void {
  if (typeof name === 'string' && name !== '') return;
  refuse(
    where,
    `the name of ${kind} cannot be ${quoted(name)}`,
    'Give it a name that is a text and not empty.',
  );
}
