import { SpecError } from '../../spec/spec-error.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { Clauses } from './clauses.ts';

/** The name of `within` in messages. */
export const WITHIN_WHERE = "'within', which says where the search goes on";

/** The state constraint of a system, and the states outside of it that a search has met. */
export class Constraint {
  /** States that were judged and not expanded. */
  readonly outside = new Set<number>();
  readonly #isWithin: (state: number) => boolean;
  readonly #scenario: string;

  /** Undefined where the system states no constraint. */
  static for(system: AnySystem, clauses: Clauses, scenario: string): Constraint | undefined {
    const { within } = system;
    if (within === undefined) return undefined;
    return new Constraint(clauses.question(within, WITHIN_WHERE), scenario);
  }

  private constructor(isWithin: (state: number) => boolean, scenario: string) {
    this.#isWithin = isWithin;
    this.#scenario = scenario;
  }

  /**
   * Whether a state lies outside, so that it is not expanded. `states` is the number of states
   * stored so far. Throws a SpecError when all of them lie outside.
   */
  excludes(state: number, states: number): boolean {
    if (this.outside.has(state)) return true;
    if (this.#isWithin(state)) return false;
    this.outside.add(state);
    if (this.outside.size < states) return true;
    throw new SpecError({
      what: '`within` is false in every initial state, so that no step is ever taken',
      where: `scenario '${this.#scenario}'`,
      mend: 'It is true where the search goes on: within: (state) => state.n <= 3',
    });
  }
}
