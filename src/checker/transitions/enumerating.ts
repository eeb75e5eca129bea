import type { Field } from '../state/slots.ts';

/** Records which actors ever enumerated which tables. */
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
