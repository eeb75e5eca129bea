import type { Operands } from '../properties/operands.ts';
import type { Machine } from '../transitions/machine.ts';

/**
 * States in which what is remembered is evaluated again: a few always, a given share of all when
 * asked to.
 */
export class Samples {
  /** How many were taken. */
  taken = 0;
  /** The state in which the next one is taken. */
  next = 1;
  readonly #machine: Machine;
  readonly #operands: Operands;
  /** 0 to 1. */
  readonly #share: number;

  constructor(machine: Machine, operands: Operands, share: number) {
    this.#machine = machine;
    this.#operands = operands;
    this.#share = share;
  }

  /** Throws a SpecError where something that is remembered of this state is not so now. */
  take(state: number): void {
    this.next = this.#share > 0 ? state + Math.ceil(1 / this.#share) : 2 * state;
    this.taken += 1;
    this.#machine.selfCheck(state);
    this.#operands.selfCheck(state);
  }
}
