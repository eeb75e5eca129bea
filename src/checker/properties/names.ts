import type { Plain } from '../../spec/plain.ts';
import type { Tracker } from '../evaluate/tracker.ts';
import type { NeverFound } from '../result/ledger.ts';
import { ABSENT, type Slots } from '../state/slots.ts';

/**
 * Remembers which entries were asked for by name before any state had them. Reading a whole table
 * asks for no name.
 */
export class Names {
  readonly #slots: Slots;
  /** By slot, who asked first: among properties, and among all. */
  readonly #byProperty = new Map<number, string>();
  readonly #byAny = new Map<number, string>();

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** To be called when a name that `by` asked for makes a slot. */
  made(slot: number, by: string | undefined): void {
    if (by !== undefined && !this.#byAny.has(slot)) this.#byAny.set(slot, by);
  }

  /**
   * Notes the reads of a test of a property. `own` are the entries about which the test was asked.
   */
  read({ order, enumerated }: Tracker, by: string, own: ReadonlySet<number>): void {
    for (const slot of order) {
      if (own.has(slot) || this.#everExisted(slot) || this.#byProperty.has(slot)) continue;
      const field = this.#slots.fieldOf[slot];
      if (field !== undefined && !enumerated.has(field)) this.#byProperty.set(slot, by);
    }
  }

  /**
   * The entries that never existed, first those that properties asked for, each group in the order
   * of names. It means something only when every state was visited. A name that consists of words
   * which the states hold, such as `locks[host]`, is left out, because the model computed it.
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

  /** Those of the words that occur in no value and no id of the states. */
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

/** The words of a text, without numbers, because a model usually computes those. */
const wordsOf = (text: string): readonly string[] =>
  text.split(/[^\p{L}\p{N}]+/u).filter((word) => !/^\d*$/.test(word));

/** Removes the words of a value, and of its field names, from the set. */
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
