import type { Constraint } from '../properties/constraint.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Expansion } from './expansion.ts';

/** Expands the states within a constraint, and leaves out the others. */
export class ConstrainedExpansion implements Expansion {
  readonly #inner: Expansion;
  readonly #constraint: Constraint;
  readonly #machine: Machine;

  constructor(inner: Expansion, constraint: Constraint, machine: Machine) {
    this.#inner = inner;
    this.#constraint = constraint;
    this.#machine = machine;
  }

  get bytes(): number {
    return this.#inner.bytes;
  }

  expand(state: number): void {
    if (this.#constraint.excludes(state, this.#machine.visited.count)) return;
    this.#inner.expand(state);
  }
}
