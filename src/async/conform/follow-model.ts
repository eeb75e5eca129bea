import { UsageError } from '../../checker/result/usage-error.ts';
import type { Vector } from '../../checker/runs/stepper.ts';
import { canonical } from '../../checker/state/canonical.ts';
import type { Plain } from '../../spec/plain.ts';
import type { CodeState } from '../schedule/run.ts';
import { type CodeModel, faultOf } from './code-model.ts';
import { Deviation, distance } from './deviation.ts';

/** Follows one schedule of the code in the model. */
export class FollowModel {
  readonly #model: CodeModel;
  /** The states in which the model may be. */
  #states: readonly Vector[];
  #isBegun = false;

  constructor(model: CodeModel) {
    this.#model = model;
    this.#states = model.initial;
  }

  /**
   * Takes the next step of the code, or the beginning, and the state of the code after it. Throws a
   * Deviation where the model does not reach it.
   */
  advance(entry: string | undefined, code: CodeState): void {
    const model = this.#model;
    const before = model.afterSilence(this.#states);
    const name = entry === undefined ? undefined : model.entryOf(entry);
    const after =
      name === undefined
        ? before
        : model.afterSilence(model.afterStep(before, name, faultOf(entry ?? '')));
    const matching = after.filter((state) => isSame(this.#seen(state, code), code));
    if (matching.length > 0 && (this.#isBegun || entry === undefined)) {
      this.#isBegun = true;
      this.#states = matching;
      return;
    }
    const seen = after.map((state) => this.#seen(state, code));
    throw new Deviation({
      entry,
      code,
      model: seen.toSorted((a, b) => distance(a, code) - distance(b, code))[0],
      allowed: this.#allowed(before),
      scenario: model.scenario.name,
    });
  }

  /** The fields of a state of the model that the code has. */
  #seen(state: Vector, code: CodeState): CodeState {
    const { state: fields } = this.#model.stepper.world(state);
    return Object.fromEntries(Object.keys(code).map((field) => [field, fields[field] as Plain]));
  }

  #allowed(states: readonly Vector[]): readonly string[] {
    const entries = states.flatMap((state) =>
      this.#model.enabled(state).filter((each) => !this.#model.isSilent(each)),
    );
    return [...new Set(entries.map(({ entry }) => entry))];
  }
}

/**
 * The answer of an abstraction in canonical form. Throws a UsageError where it is no record of
 * fields of the model.
 */
export function codeState(answer: unknown, { fields, scenario }: CodeModel): CodeState {
  const mend = `It returns some of the fields of '${scenario.name}': ${fields.join(', ')}.`;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw new UsageError('the abstraction does not return a record', mend);
  }
  const names = Object.keys(answer);
  if (names.length === 0) throw new UsageError('the abstraction returns no field', mend);
  const odd = names.find((name) => !fields.includes(name));
  if (odd !== undefined) {
    throw new UsageError(`the abstraction returns '${odd}', which is no field`, mend);
  }
  // A SpecError says which value is not plain data.
  return canonical(answer, 'abstraction') as CodeState;
}

/** Both are canonical, and have the same fields in the same order. */
const isSame = (one: CodeState, other: CodeState): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
