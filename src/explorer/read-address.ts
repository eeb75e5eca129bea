import { printable } from '../report/value-text.ts';

/** The words of an address after # or ?, and the problems in it. */
export interface AddressWords {
  /** The value of each parameter, as text. */
  readonly set: { readonly [name: string]: string };
  readonly faults: Budgets;
  /** The other known words, with their values as they are written. */
  readonly others: ReadonlyMap<string, string>;
  /** One sentence for each problem, without a full stop. */
  readonly problems: readonly string[];
}

/** Of more problems only the first are shown. */
const problemsMax = 5;

/**
 * Reads `set.lock=both&fault.crash=1&states=1000`. `known` are the words allowed beside `set.…` and
 * `fault.…`. Nothing is ignored: a word that is unknown, cannot be decoded or comes twice is a
 * problem.
 */
export function readAddress(text: string, known: readonly string[]): AddressWords {
  const parts = text === '' ? [] : text.split('&').map(pairOf);
  const pairs = parts.filter((part) => typeof part !== 'string');
  const problems = [
    ...parts.filter((part) => typeof part === 'string'),
    ...repeated(pairs).map((key) => `${quoted(key)} is given twice`),
    ...pairs.flatMap((pair) => problemWith(pair, known) ?? []),
  ];
  const others = pairs.filter(({ key }) => known.includes(key));
  return {
    set: Object.fromEntries(named(pairs, ofParameter)),
    faults: Object.fromEntries(
      named(pairs, ofFault).map(([name, times]) => [name, Number(times)] as const),
    ),
    others: new Map(others.map(({ key, written }) => [key, written])),
    problems: problems.slice(0, problemsMax),
  };
}

const ofParameter = 'set.';
const ofFault = 'fault.';

interface Pair {
  readonly key: string;
  readonly value: string;
  /** The value before decoding. */
  readonly written: string;
}

/** The pair in a part of an address; a string is the problem with it. */
function pairOf(part: string): Pair | string {
  const cut = part.indexOf('=');
  if (cut < 0) return `${quoted(part)} is not of the form name=value`;
  const written = part.slice(cut + 1);
  const key = decoded(part.slice(0, cut));
  const value = decoded(written);
  if (key === undefined || value === undefined) return `${quoted(part)} cannot be decoded`;
  return { key, value, written };
}

function repeated(pairs: readonly Pair[]): string[] {
  const keys = pairs.map(({ key }) => key);
  return [...new Set(keys.filter((key, i) => keys.indexOf(key) < i))];
}

function named(pairs: readonly Pair[], prefix: string): (readonly [string, string])[] {
  return pairs
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, value }) => [key.slice(prefix.length), value]);
}

/** The problem with a pair; undefined where there is none. */
function problemWith({ key, value }: Pair, known: readonly string[]): string | undefined {
  if (known.includes(key) || key.startsWith(ofParameter)) return undefined;
  if (key.startsWith(ofFault))
    return isCount(value) ? undefined : `the value of ${quoted(key)} is not a number of times`;
  const names = [`${ofParameter}PARAMETER`, `${ofFault}NAME`, ...known];
  return `${quoted(key)} is unknown; an address takes ${names.join(', ')}`;
}

/** A text of an address inside a sentence: short, and on one line. */
export function quoted(text: string): string {
  const shown = printable(text.length > 60 ? `${text.slice(0, 59)}…` : text);
  return `'${shown}'`;
}

/** The decoded text; undefined where it is not in the encoding of addresses. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** True for 0, 1, 2 … up to a size that stays exact. */
export function isCount(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

/** How often each fault may happen, by its name. */
export type Budgets = { readonly [name: string]: number };
