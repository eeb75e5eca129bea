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

  constructor(machine: Machine, operands: Operands, share: number) {
    this.#machine = machine;
    this.#operands = operands;
    this.#share = share;
  }

  /** Evaluates this state again. Throws a SpecError where a memoised step or test differs. */
  take(state: number): void {
    this.next = this.#share > 0 ? state + Math.ceil(1 / this.#share) : 2 * state;
    this.taken += 1;
    this.#machine.selfCheck(state);
    this.#operands.selfCheck(state);
  }
}
