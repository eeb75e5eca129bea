import type { Constraint } from '../properties/constraint.ts';
import type { Operands } from '../properties/operands.ts';
import type { Machine } from '../transitions/machine.ts';

/** States in which memoised steps are evaluated again: always a few, and a given share of all. */
export class Samples {
  /** The number of samples. */
  taken = 0;
  /** The state of the next sample. */
  next = 1;
  readonly #machine: Machine;
  readonly #operands: Operands;
  /** Between 0 and 1. */
  readonly #share: number;
  readonly #constraint: Constraint | undefined;

  constructor(machine: Machine, operands: Operands, share: number, constraint?: Constraint) {
    this.#machine = machine;
    this.#operands = operands;
    this.#share = share;
    this.#constraint = constraint;
  }

  /**
   * Evaluates this state again, or the next one if it lies outside of the constraint. Throws a
   * SpecError where a memoised step or test differs.
   */
  take(state: number): void {
    if (this.#constraint?.outside.has(state)) return;
    this.next = this.#share > 0 ? state + Math.ceil(1 / this.#share) : 2 * state;
    this.taken += 1;
    this.#machine.selfCheck(state);
    this.#operands.selfCheck(state);
  }
}
