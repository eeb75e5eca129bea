import type { Evaluated } from '../evaluate/evaluated.ts';
import { subjectOf } from '../result/schedule-entry.ts';

/** What the evaluations of one label cost. */
export interface EvaluationCost {
  evaluations: number;
  /** Undefined without a clock. */
  ms: number | undefined;
}

/** Adds up what the evaluations of each label cost. */
export class Costs {
  /** By label, as `subjectOf` writes it; '' for an actor that had nothing to do. */
  readonly by = new Map<string, EvaluationCost>();
  /** The same by where a label is written. */
  readonly #at = new Map<string, EvaluationCost>();
  /** What each actor was evaluated as last, and the cost of that. */
  readonly #lastAt: string[] = [];
  readonly #last: EvaluationCost[] = [];

  /** An evaluation of an actor that began `before`, both in the milliseconds of `clock`. */
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
