import type { Evaluated } from '../evaluate/evaluated.ts';
import { subjectOf } from '../result/schedule-entry.ts';

/** The cost of the evaluations of one label. */
export interface EvaluationCost {
  evaluations: number;
  /** Milliseconds; undefined without a clock. */
  ms: number | undefined;
}

/** Adds up the cost of the evaluations of each label. */
export class Costs {
  /** By label, as `subjectOf` writes it; '' for an actor without a step. */
  readonly by = new Map<string, EvaluationCost>();
  /** The same by place in the text of the model. */
  readonly #at = new Map<string, EvaluationCost>();
  /** By actor: the place of its last evaluation, and the cost of that label. */
  readonly #lastAt: string[] = [];
  readonly #last: EvaluationCost[] = [];

  /**
   * Adds an evaluation of an actor that began at `before`. Times are in milliseconds of `clock`.
   */
  add(
    actor: number,
    evaluated: Evaluated,
    before: number | undefined,
    clock: (() => number) | undefined,
  ): void {
    const { where } = evaluated;
    if (this.#lastAt[actor] !== where) {
      this.#lastAt[actor] = where;
      this.#last[actor] = this.#of(evaluated);
    }
    const cost = this.#last[actor] as EvaluationCost;
    cost.evaluations += 1;
    if (before !== undefined && clock !== undefined) cost.ms = (cost.ms ?? 0) + clock() - before;
  }

  #of({ flow, label, where }: Evaluated): EvaluationCost {
    const known = this.#at.get(where);
    if (known !== undefined) return known;
    const name = label === '' ? '' : subjectOf(flow, label);
    const cost = this.by.get(name) ?? { evaluations: 0, ms: undefined };
    this.by.set(name, cost);
    this.#at.set(where, cost);
    return cost;
  }
}
