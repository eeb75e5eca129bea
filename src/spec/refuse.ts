import { SpecError } from '../spec/spec-error.ts';

/** Throws a SpecError. Nobody compiles a file that the command line runs, so that what the types forbid has to be refused. */
export function refuse(where: string, what: string, mend: string): never {
  throw new SpecError({ what, where, mend });
}

export type AnyRecord = { readonly [name: string]: unknown };

export const isRecord = (value: unknown): value is AnyRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as an error message quotes it, not longer than a line. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  const text = jsonOf(value) ?? String(value);
  return text.length > quotedMax ? `${text.slice(0, quotedMax)}…` : text;
}

const quotedMax = 60;

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
