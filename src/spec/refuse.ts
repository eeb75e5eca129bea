import { SpecError } from './spec-error.ts';
import { visible } from './visible.ts';

/**
 * Throws a SpecError. The command line does not type-check the files that it runs: values that the
 * types forbid are refused here.
 */
export function refuse(where: string, what: string, mend: string): never {
  throw new SpecError({ what, where, mend });
}

export type AnyRecord = { readonly [name: string]: unknown };

export const isRecord = (value: unknown): value is AnyRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record that is nothing else: a Map or an instance has what its entries do not show. */
export function isPlainRecord(value: unknown): value is AnyRecord {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isForeignPlain(prototype);
}

/** Of a record that another realm made: its prototype has no prototype, and is not ours. */
const isForeignPlain = (prototype: unknown): boolean => Object.getPrototypeOf(prototype) === null;

/**
 * A value as an error message quotes it, not longer than a line, with what cannot be seen escaped.
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

/** What cannot even be turned into text has at least a type. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** Undefined for what JSON cannot say. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Refuses names that are not among the known ones. */
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

/** Refuses a value that is not among the known ones. */
export function refuseOther(
  value: unknown,
  known: readonly unknown[],
  name: string,
  where: string,
): void {
  if (known.includes(value)) return;
  refuse(where, `${name} cannot be ${quoted(value)}`, `It can be ${known.map(quoted).join(', ')}.`);
}

/** Refuses what cannot be a name: what is no text, and the empty one. */
export function refuseNameless(name: unknown, kind: string, where: string): void {
  if (typeof name === 'string' && name !== '') return;
  refuse(where, `the name of ${kind} cannot be ${quoted(name)}`, 'Give it a name that says it.');
}
