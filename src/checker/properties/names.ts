import type { Plain } from '../../spec/plain.ts';
import type { Tracker } from '../evaluate/tracker.ts';
import type { NeverFound } from '../result/ledger.ts';
import { ABSENT, type Slots } from '../state/slots.ts';

/**
 * Remembers which entries were asked for by name before any state had them. One that is read
 * because its whole table is gone through was not asked for by name.
 */
export class Names {
  readonly #slots: Slots;
  /** Who asked first, by slot: of properties, and of all. */
  readonly #byProperty = new Map<number, string>();
  readonly #byAny = new Map<number, string>();

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** To be told of a slot that was made because of the name that `by` asked for. */
  made(slot: number, by: string | undefined): void {
    if (by !== undefined && !this.#byAny.has(slot)) this.#byAny.set(slot, by);
  }

  /** What a test of a property has read; `own` are the entries that it was asked about. */
  read({ order, enumerated }: Tracker, by: string, own: ReadonlySet<number>): void {
    for (const slot of order) {
      if (own.has(slot) || this.#everExisted(slot) || this.#byProperty.has(slot)) continue;
      const field = this.#slots.fieldOf[slot];
      if (field !== undefined && !enumerated.has(field)) this.#byProperty.set(slot, by);
    }
  }

  /**
   * Those that never existed, first what properties asked for, each in the order of their names: a
   * search that is asked now and then asks in another order. It says something only when every
   * state was visited. A name that is made of words which the states hold is left out: it was put
   * together from them, as `locks[host]` is.
   */
  neverFound(): readonly NeverFound[] {
    const others = [...this.#byAny].filter(([slot]) => !this.#byProperty.has(slot));
    const asked = [...this.#missing(this.#byProperty), ...this.#missing(others)];
    const unknown = this.#unknownAmong(new Set(asked.flatMap(({ words }) => words)));
    return asked
      .filter(({ words }) => words.some((word) => unknown.has(word)))
      .map(({ name, by }) => ({ name, by }));
  }

  #missing(asked: Iterable<readonly [slot: number, by: string]>) {
    return [...asked]
      .filter(([slot]) => !this.#everExisted(slot))
      .map(([slot, by]) => ({
        name: this.#slots.nameOf(slot),
        by,
        words: wordsOf(this.#idOf(slot)),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Of these words the ones that stand in no value and no id of what existed. */
  #unknownAmong(words: Set<string>): ReadonlySet<string> {
    const slots = this.#slots;
    for (let slot = 0; slot < slots.count && words.size > 0; slot++) {
      if (!this.#everExisted(slot)) continue;
      for (const word of wordsOf(this.#idOf(slot))) words.delete(word);
      for (const value of slots.values[slot] ?? []) {
        if (words.size === 0) return words;
        if (value !== ABSENT) forget(words, value);
      }
    }
    return words;
  }

  #idOf(slot: number): string {
    return this.#slots.idOf[slot] ?? '';
  }

  #everExisted(slot: number): boolean {
    const values = this.#slots.values[slot] ?? [];
    return values.length > 1 || values[0] !== ABSENT;
  }
}

/** Numbers are left out: they are computed more often than they are written. */
const wordsOf = (text: string): readonly string[] =>
  text.split(/[^\p{L}\p{N}]+/u).filter((word) => !/^\d*$/.test(word));

/** Takes the words of a value, and of the names of its fields, out of the set. */
function forget(words: Set<string>, value: Plain): void {
  const todo: Plain[] = [value];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') for (const word of wordsOf(next)) words.delete(word);
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      for (const word of wordsOf(key)) words.delete(word);
      todo.push(inner);
    }
  }
}
