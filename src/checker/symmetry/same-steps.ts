import type { Actor } from '../evaluate/actors.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';
import { evaluationsMax, growing } from '../purity/growing.ts';
import type { Machine } from '../transitions/machine.ts';
import { asymmetry } from './asymmetry.ts';
import { areExchanged, membersInOutcomes } from './exchanged-steps.ts';
import type { Exchange } from './members.ts';
import { Proofs, type Reading } from './proofs.ts';
import type { SameActors } from './same-actors.ts';
import type { Symmetry } from './symmetry.ts';
import type { Trials } from './trials.ts';

/** After so many evaluations, all further steps are compared in each state. */
const EVALUATIONS_MAX = 200_000;

/**
 * Compares the steps of each visited state with those of exchanged states. A step is proved
 * symmetric where no exchanged one reads more (`Proofs`). The others are compared in each state.
 */
export class SameSteps {
  readonly #symmetry: Symmetry;
  readonly #machine: Machine;
  readonly #actors: SameActors;
  readonly #trials: Trials;
  readonly #proofs: Proofs;
  /** By leaf: its evaluation, once it is known to be symmetric. */
  readonly #settled: (Evaluated | undefined)[] = [];
  /** The kinds of actors whose steps are compared in each state. */
  readonly #byState = new Set<string>();
  #slots = 0;

  constructor(symmetry: Symmetry, machine: Machine, actors: SameActors, trials: Trials) {
    this.#symmetry = symmetry;
    this.#machine = machine;
    this.#actors = actors;
    this.#trials = trials;
    this.#proofs = new Proofs(symmetry, EVALUATIONS_MAX);
  }

  /** Compares all steps of a stored state. Throws a SpecError for one that is not symmetric. */
  judge(state: number, vector: Int32Array): void {
    const machine = this.#machine;
    if (machine.slots.count !== this.#slots) this.#forget();
    // Actors that appear meanwhile do not exist in this state.
    const actors = machine.actors.length;
    for (let actor = 0; actor < actors; actor++) {
      const leaf = machine.leafOf(actor, state);
      const evaluated = machine.leaves.evaluated[leaf] as Evaluated;
      if (this.#settled[leaf] === evaluated) continue;
      const kind = this.#actors.kindOf(actor);
      if (!this.#byState.has(kind)) {
        if (!machine.isUnmemoised(leaf) && this.#isSettled(actor, evaluated, vector)) {
          this.#settled[leaf] = evaluated;
          continue;
        }
        this.#byState.add(kind);
      }
      this.#compareHere(actor, evaluated);
    }
    this.#symmetry.makeRoom();
  }

  /** With another slot, a step that goes through a table may read more. */
  #forget(): void {
    this.#slots = this.#machine.slots.count;
    this.#settled.length = 0;
    this.#proofs.forget();
  }

  /** Whether the step is symmetric in all states in which it reads what it read. */
  #isSettled(actor: number, evaluated: Evaluated, vector: Int32Array): boolean {
    const { slots } = this.#symmetry;
    const concerns = () => {
      const concerned = new Set(this.#actors.membersOf(actor));
      membersInOutcomes(evaluated, slots, concerned);
      return concerned;
    };
    return this.#proofs.isProved(readingOf(actor, evaluated), concerns, (exchange) => {
      const other = this.#actors.after(actor, exchange);
      const again = this.#evaluate(other, slots.after(vector, exchange));
      this.#mustBeExchanged(evaluated, again, exchange);
      return readingOf(other, again);
    });
  }

  #evaluate(actor: number, vector: Int32Array): Evaluated {
    const { evaluator, slots, actors } = this.#machine;
    for (let times = 1; ; times++) {
      const { count } = slots;
      const source = { numberOf: (slot: number) => vector[slot] ?? 0 };
      const evaluated = evaluator.step(actors[actor] as Actor, source);
      if (slots.count === count) return evaluated;
      if (times === evaluationsMax) throw growing(slots, evaluated.where);
    }
  }

  #compareHere(actor: number, evaluated: Evaluated): void {
    const { where } = evaluated;
    const machine = this.#machine;
    for (const exchange of this.#trials.for(where === '' ? 'a step' : where)) {
      const other = this.#actors.after(actor, exchange);
      const at = this.#symmetry.place(this.#trials.after(exchange));
      const again = machine.leaves.evaluated[machine.leafOf(other, at)] as Evaluated;
      this.#mustBeExchanged(evaluated, again, exchange);
    }
  }

  #mustBeExchanged(one: Evaluated, other: Evaluated, exchange: Exchange): void {
    const { slots, members } = this.#symmetry;
    if (areExchanged(one, other, slots, exchange)) return;
    const where = one.where === '' ? other.where : one.where;
    const [before, after] = [one.outcomes.length, other.outcomes.length];
    const what =
      before === after
        ? 'the step does something else'
        : `the step has ${after} outcomes in place of ${before}`;
    throw asymmetry(members, exchange, where, what);
  }
}

const readingOf = (actor: number, { order, numbers }: Evaluated): Reading => ({
  order,
  numbers,
  key: () =>
    `${actor} ${order
      .map((slot, i) => `${slot}:${numbers[i]}`)
      .sort()
      .join(' ')}`,
});
