import type { Field } from '../state/slots.ts';

/** Which actors ever went through which tables. */
export class Enumerating {
  readonly #by = new Map<Field, Set<number>>();

  note(fields: Iterable<Field>, actor: number): void {
    for (const field of fields) {
      const known = this.#by.get(field) ?? new Set();
      this.#by.set(field, known.add(actor));
    }
  }

  of(field: Field): Iterable<number> {
    return this.#by.get(field) ?? [];
  }
}
