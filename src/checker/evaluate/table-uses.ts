import type { Field } from '../state/slots.ts';

/** A table that so many evaluations in turn did not go through is looked at entry by entry. */
const REMEMBERED = 8;
/**
 * So many evaluations are watched first: who gets a plain object is not seen to ask for an entry
 * that never exists.
 */
const WATCHED_FIRST = 64;

/**
 * Which tables a step or a test goes through as a whole, or asks for more entries than there are,
 * as was seen when it was watched. Where nothing is remembered of it, it gets plain objects for
 * them: a proxy costs many times as much.
 */
export class TableUses {
  /** By the index of a field; 0 for one that is looked at entry by entry. */
  readonly #left: number[] = [];
  #toWatch: number;

  readonly #countsGets: boolean;

  /**
   * With `countsGets` a table counts, too, that is asked for more entries than it has: for steps. A
   * test must depend on nothing but what it reads. With `atOnce` few evaluations are watched.
   */
  constructor({ countsGets, atOnce }: { readonly countsGets: boolean; readonly atOnce: boolean }) {
    this.#countsGets = countsGets;
    this.#toWatch = atOnce ? 1 : WATCHED_FIRST;
  }

  /** To be called before an evaluation that is watched. */
  begin(): void {
    this.#toWatch -= 1;
    for (let i = 0; i < this.#left.length; i++) {
      const left = this.#left[i] as number;
      if (left > 0) this.#left[i] = left - 1;
    }
  }

  /** This evaluation asks for more entries of the table than there are. */
  noteGets(field: Field): void {
    if (this.#countsGets) this.note(field);
  }

  /** This evaluation goes through the table. */
  note({ index }: Field): void {
    while (this.#left.length <= index) this.#left.push(0);
    this.#left[index] = REMEMBERED;
  }

  has({ index }: Field): boolean {
    return this.#toWatch <= 0 && index < this.#left.length && (this.#left[index] as number) > 0;
  }
}
