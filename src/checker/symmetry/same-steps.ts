import type { Actor } from '../evaluate/actors.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';
import { evaluationsMax, growing } from '../purity/growing.ts';
import type { Machine } from '../transitions/machine.ts';
import { asymmetry } from './asymmetry.ts';
import { areExchanged, membersAt, membersInOutcomes } from './exchanged-steps.ts';
import { placementCount, placements } from './exchanges.ts';
import type { Exchange } from './members.ts';
import type { SameActors } from './same-actors.ts';
import type { Symmetry } from './symmetry.ts';
import type { Trials } from './trials.ts';

/** A step whose members can be placed in more ways than this is compared in each state. */
export const PLACES_MAX = 1000;
/** After so many evaluations, all further steps are. */
const EVALUATIONS_MAX = 200_000;

/**
 * Compares the steps of each visited state with those of exchanged states. What a step reads
 * decides what it does. So a step is compared once for all states in which it reads the same: with
 * each way to place the members in what it reads and does. This proves it symmetric in every state
 * where no exchanged step reads more than that. The others are compared in each state.
 */
export class SameSteps {
  readonly #symmetry: Symmetry;
  readonly #machine: Machine;
  readonly #actors: SameActors;
  readonly #trials: Trials;
  /** By leaf: its evaluation, once it is known to be symmetric. */
  readonly #settled: (Evaluated | undefined)[] = [];
  /** The same for what a step reads, as text. */
  readonly #known = new Set<string>();
  /** The kinds of actors whose steps are compared in each state. */
  readonly #byState = new Set<string>();
  #left = EVALUATIONS_MAX;
  #slots = 0;

  constructor(symmetry: Symmetry, machine: Machine, actors: SameActors, trials: Trials) {
    this.#symmetry = symmetry;
    this.#machine = machine;
    this.#actors = actors;
    this.#trials = trials;
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
    this.#known.clear();
  }

  /** Whether the step is symmetric in all states in which it reads what it read. */
  #isSettled(actor: number, evaluated: Evaluated, vector: Int32Array): boolean {
    const { slots, members } = this.#symmetry;
    const key = keyOf(actor, evaluated);
    if (this.#known.has(key)) return true;
    const concerned = new Set(this.#actors.membersOf(actor));
    const { order, numbers } = evaluated;
    for (const [i, slot] of order.entries())
      membersAt(slot, numbers[i] as number, slots, concerned);
    membersInOutcomes(evaluated, slots, concerned);
    const places = placementCount(concerned, members);
    this.#left -= places;
    if (places > PLACES_MAX || this.#left < 0) return false;
    const found = [key];
    for (const exchange of placements(concerned, members)) {
      const other = this.#actors.after(actor, exchange);
      const again = this.#evaluate(other, slots.after(vector, exchange));
      this.#mustBeExchanged(evaluated, again, exchange);
      const read = new Set(order.map((slot) => slots.slotAfter(slot, exchange)));
      if (!again.order.every((slot) => read.has(slot))) return false;
      if (again.order.length === order.length) found.push(keyOf(other, again));
    }
    for (const each of found) this.#known.add(each);
    return true;
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

const keyOf = (actor: number, { order, numbers }: Evaluated): string =>
  `${actor} ${order
    .map((slot, i) => `${slot}:${numbers[i]}`)
    .sort()
    .join(' ')}`;
