import type { Plain } from '../../spec/plain.ts';
import { visible } from '../../spec/visible.ts';

/** The picks of a step in their order. No two have one name. */
export type Picks = readonly (readonly [name: string, value: Plain])[];

/** Who does what, with which picks: what a schedule entry says. */
export interface ScheduleEntry {
  readonly actor: string | undefined;
  readonly label: string;
  readonly picks: Picks;
}

/**
 * `attach1.connect[host=h1]`, `fault.cast_lost`, or `tick` for an action of the system as a whole.
 * Different steps have different words: a name that could be taken for something else is quoted,
 * `"a.b".c`, and so is what cannot be seen. Picks are written as JSON where they are no plain
 * words.
 */
export function formatEntry({ actor, label, picks }: ScheduleEntry): string {
  const subject = subjectOf(actor, label);
  if (picks.length === 0) return subject;
  return `${subject}[${picks.map(([name, value]) => pickText(name, value)).join(',')}]`;
}

/** One pick as it stands in a word: `host=h1`. */
export function pickText(name: string, value: Plain): string {
  return `${nameText(name)}=${valueText(value)}`;
}

/**
 * A name as it stands in a word, quoted where it could be taken for something else: different names
 * have different texts.
 */
export function nameText(name: string): string {
  // Nearly all names are of this kind, and are written often where every step is kept for liveness.
  if (/^[A-Za-z0-9_][\w:/@#+-]*$/.test(name)) return name;
  return isBare(name, bareName) ? name : quotedJson(name);
}

/** Who does what, or the label of a flow: different pairs have different texts. */
export function subjectOf(owner: string | undefined, label: string): string {
  return owner === undefined ? nameText(label) : `${nameText(owner)}.${nameText(label)}`;
}

/**
 * The step that a word names, also when it is quoted without need; undefined for a text that is no
 * word.
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

/** The word as `formatEntry` writes it; as it is when it is no word. */
export function normaliseEntry(word: string): string {
  const entry = parseEntry(word);
  return entry === undefined ? word : formatEntry(entry);
}

// Names may have spaces within, so that a sentence can be the name of an action. None has a mark of
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

/**
 * No two blanks stand side by side, so that what draws them together and breaks lines there changes
 * no word.
 */
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

/** Goes through a word from left to right. What it does not find is undefined. */
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

  /** What follows the opening bracket, with the closing one. */
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
      // Whatever JSON holds is plain.
      return JSON.parse(text) as Plain;
    } catch {
      return undefined;
    }
  }

  /** An array or a record, up to the bracket that closes it. */
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
