import { SpecError } from '../../spec/spec-error.ts';
import type { Slots } from '../state/slots.ts';
import type { Actor } from './actors.ts';
import { blame } from './blame.ts';
import type { Evaluated } from './evaluated.ts';
import type { Flows } from './flows.ts';
import { PlainSteps } from './plain-steps.ts';
import { samePicks } from './same-picks.ts';
import type { NumberSource } from './tracker.ts';

/**
 * Second evaluations of a label that are compared with immer: the first few, then one in so many.
 */
const COMPARED_FIRST = 8;
const COMPARED_LATER = 32;

interface Model {
  readonly slots: Slots;
  readonly flows: Flows;
}

interface Settings {
  readonly scenario: string;
  readonly keys?: 'unordered' | 'sorted' | undefined;
}

/** Runs a sample of the steps of each label through immer. */
export class PlainSample {
  readonly #plainSteps: PlainSteps;
  readonly #scenario: string;
  readonly #comparesOrders: boolean;
  /** How often each step was evaluated a second time, by its place in the model. */
  readonly #times = new Map<string, number>();

  /** With `keys` 'sorted' a step may depend on the order of keys. */
  constructor({ slots, flows }: Model, { scenario, keys }: Settings) {
    this.#plainSteps = new PlainSteps(slots, flows);
    this.#scenario = scenario;
    this.#comparesOrders = keys !== 'sorted';
  }

  /**
   * To be called at each second evaluation. Throws a SpecError when immer gives another outcome.
   */
  compare(actor: Actor, source: NumberSource, evaluated: Evaluated): void {
    const times = this.#times.get(evaluated.where) ?? 0;
    this.#times.set(evaluated.where, times + 1);
    if (times >= COMPARED_FIRST && times % COMPARED_LATER !== 0) return;
    try {
      this.#plainSteps.compare(actor, source, evaluated);
      if (this.#comparesOrders) this.#plainSteps.compareOrders(actor, source, evaluated);
    } catch (error) {
      throw blame(error, `scenario '${this.#scenario}', ${evaluated.where}`);
    }
  }
}

/** The error for a step that does different things in the same state. */
export function impureStep(where: string): SpecError {
  return new SpecError({
    what: 'uncontrolled nondeterminism: the same step on the same state did two different things',
    where,
    mend: 'A recipe may depend on nothing but the state, its variables and its picks: look for a variable outside the recipe that changes, or the iteration order of something foreign.',
  });
}

/** True when both evaluations read the same and did the same. */
export function sameEvaluation(one: Evaluated, other: Evaluated): boolean {
  return sameItems(one.order, other.order) && sameOutcomes(one, other);
}

/** The order in which slots are written is no part of it: whole tables are written in their own. */
export function sameOutcomes(one: Evaluated, other: Evaluated): boolean {
  if (one.outcomes.length !== other.outcomes.length) return false;
  return one.outcomes.every(({ writes, picks }, i) => {
    const twin = other.outcomes[i];
    if (twin === undefined || !sameWrites(writes, twin.writes)) return false;
    return samePicks(picks, twin.picks);
  });
}

/** Of slots and numbers in turn, each slot once. */
function sameWrites(one: readonly number[], other: readonly number[]): boolean {
  if (sameItems(one, other)) return true;
  if (one.length !== other.length) return false;
  const written = new Map<number, number>();
  for (let i = 0; i < one.length; i += 2) written.set(one[i] as number, one[i + 1] as number);
  return other.every((slot, i) => i % 2 === 1 || written.get(slot) === other[i + 1]);
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}
