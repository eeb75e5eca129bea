import type { Plain } from '../../spec/plain.ts';
import { visible } from '../../spec/visible.ts';

/** The picks of a step in order. Their names are unique. */
export type Picks = readonly (readonly [name: string, value: Plain])[];

/** The content of a schedule entry: who takes which step, with which picks. */
export interface ScheduleEntry {
  readonly actor: string | undefined;
  readonly label: string;
  readonly picks: Picks;
}

/**
 * `attach1.connect[host=h1]`, `fault.cast_lost`, or `tick` for an action of the whole system.
 * Different steps have different entries. A name that could be taken for another, or that has
 * invisible characters, is quoted: `"a.b".c`. A pick that is no plain word is written as JSON.
 */
export function formatEntry({ actor, label, picks }: ScheduleEntry): string {
  const subject = subjectOf(actor, label);
  if (picks.length === 0) return subject;
  return `${subject}[${picks.map(([name, value]) => pickText(name, value)).join(',')}]`;
}

/** A pick in an entry: `host=h1`. */
export function pickText(name: string, value: Plain): string {
  return `${nameText(name)}=${valueText(value)}`;
}

/**
 * A name in an entry, quoted where it could be taken for something else. Different names give
 * different texts.
 */
export function nameText(name: string): string {
  // Most names are of this kind. With liveness the name of every step is written, so this path is
  // fast.
  if (/^[A-Za-z0-9_][\w:/@#+-]*$/.test(name)) return name;
  return isBare(name, bareName) ? name : quotedJson(name);
}

/**
 * The text of an actor and what it does, or of a flow and its label. Different pairs give different
 * texts.
 */
export function subjectOf(owner: string | undefined, label: string): string {
  return owner === undefined ? nameText(label) : `${nameText(owner)}.${nameText(label)}`;
}

/**
 * The content of an entry, which may also have unnecessary quotes; undefined for a text that is no
 * entry.
 */
export function parseEntry(word: string): ScheduleEntry | undefined {
  const reader = new Reader(word);
  const first = reader.name();
  if (first === undefined) return undefined;
  const second = reader.take('.') ? reader.name() : null;
  if (second === undefined) return undefined;
  const picks = reader.take('[') ? reader.picks() : [];
  if (picks === undefined || !reader.isAtEnd()) return undefined;
  return second === null
    ? { actor: undefined, label: first, picks }
    : { actor: first, label: second, picks };
}

/** The entry in the form of `formatEntry`; a text that is no entry stays as it is. */
export function normaliseEntry(word: string): string {
  const entry = parseEntry(word);
  return entry === undefined ? word : formatEntry(entry);
}

// A name may have inner spaces, because the name of an action may be a sentence. It has no mark of
// the notation.
const bareName = /[\p{L}\p{N}_](?: ?[\p{L}\p{N}\p{M}_:/@#+-])*/uy;
const bareValue = /[\p{L}_][\p{L}\p{N}_.:/@-]*/uy;
const scalarJson = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/suy;
const jsonToken = /"(?:[^"\\]|\\.)*"|[[\]{}]|[^"[\]{}]+/suy;
const literals: ReadonlyMap<string, Plain> = new Map<string, Plain>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Adjacent blanks are escaped, so that an entry survives wrapping and the merging of blanks. */
const quotedJson = (value: Plain): string =>
  visible(JSON.stringify(value)).replace(/(?<= ) /g, '\\u0020');

function valueText(value: Plain): string {
  if (typeof value === 'string' && !literals.has(value) && isBare(value, bareValue)) return value;
  return quotedJson(value);
}

function isBare(text: string, form: RegExp): boolean {
  form.lastIndex = 0;
  return form.exec(text)?.[0].length === text.length && visible(text) === text;
}

/** Reads an entry from left to right. Each method returns undefined where its part is missing. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  take(mark: string): boolean {
    const isThere = this.#text.startsWith(mark, this.#at);
    if (isThere) this.#at += mark.length;
    return isThere;
  }

  name(): string | undefined {
    if (this.#text[this.#at] !== '"') return this.#match(bareName);
    const value = this.#json();
    return typeof value === 'string' ? value : undefined;
  }

  /** The picks after the opening bracket, with the closing one. */
  picks(): [string, Plain][] | undefined {
    const picks: [string, Plain][] = [];
    do {
      const name = this.name();
      const value = name !== undefined && this.take('=') ? this.#value() : undefined;
      if (name === undefined || value === undefined) return undefined;
      picks.push([name, value]);
    } while (this.take(','));
    return this.take(']') ? picks : undefined;
  }

  #value(): Plain | undefined {
    const bare = this.#match(bareValue);
    if (bare === undefined) return this.#json();
    const literal = literals.get(bare);
    return literal === undefined ? bare : literal;
  }

  #json(): Plain | undefined {
    const text = this.#match(scalarJson) ?? this.#nested();
    try {
      // Every value in JSON is plain.
      return JSON.parse(text) as Plain;
    } catch {
      return undefined;
    }
  }

  /** An array or a record, up to its closing bracket. */
  #nested(): string {
    const start = this.#at;
    let depth = 0;
    do {
      const token = this.#match(jsonToken) ?? '';
      if (token === '') break;
      if (/^[[{]$/.test(token)) depth += 1;
      if (/^[\]}]$/.test(token)) depth -= 1;
    } while (depth > 0);
    return this.#text.slice(start, this.#at);
  }

  #match(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
