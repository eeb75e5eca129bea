import type { AnySystem } from '../../spec/system.ts';
import type { Evaluated } from '../evaluate/evaluated.ts';
import type { Names } from '../properties/names.ts';
import type { Operands } from '../properties/operands.ts';
import { aboutSteps, bodyOf } from '../properties/step-checker.ts';
import { StepTests, type Taken } from '../properties/step-tests.ts';
import type { Machine } from '../transitions/machine.ts';
import { asymmetry } from './asymmetry.ts';
import { outcomeKey } from './exchanged-steps.ts';
import type { Exchange } from './members.ts';
import type { SameActors } from './same-actors.ts';
import type { Symmetry } from './symmetry.ts';
import type { Trials } from './trials.ts';

interface StepQuestion {
  readonly name: string;
  readonly holds: (step: Taken) => boolean;
}

/** Compares the questions about steps with those about exchanged steps, in each state. */
export class SameStepTests {
  readonly #symmetry: Symmetry;
  readonly #machine: Machine;
  readonly #actors: SameActors;
  readonly #trials: Trials;
  readonly #operands: Operands;
  readonly #tests: StepTests;
  readonly #questions: readonly StepQuestion[];

  constructor(
    parts: {
      readonly symmetry: Symmetry;
      readonly machine: Machine;
      readonly names: Names;
      readonly system: AnySystem;
      readonly trials: Trials;
    },
    actors: SameActors,
    operands: Operands,
  ) {
    const { symmetry, machine, names, system, trials } = parts;
    this.#symmetry = symmetry;
    this.#machine = machine;
    this.#actors = actors;
    this.#trials = trials;
    this.#operands = operands;
    this.#tests = new StepTests(machine, names, operands);
    this.#questions = aboutSteps(system).map((property) => {
      const name = `property '${property.name}'`;
      return { name, holds: this.#tests.question(bodyOf(property), name) };
    });
  }

  slotAdded(): void {
    this.#tests.slotAdded();
  }

  /** Compares the questions about each step of a stored state. */
  judge(state: number): void {
    if (this.#questions.length === 0) return;
    const steps = this.#stepsOf(state);
    if (steps.length === 0) return;
    const values = this.#questions.map(({ holds }) => steps.map(holds));
    for (const exchange of this.#trials.for(...this.#questions.map(({ name }) => name))) {
      const others = this.#exchanged(steps, exchange);
      this.#operands.forgetLast();
      for (const [q, { name, holds }] of this.#questions.entries()) {
        for (const [i, other] of others.entries()) {
          if (holds(other) !== values[q]?.[i]) this.#refuse(name, other.evaluated, exchange);
        }
      }
      this.#operands.forgetLast();
    }
  }

  #stepsOf(state: number): readonly Taken[] {
    const machine = this.#machine;
    const steps: Taken[] = [];
    // Actors that appear meanwhile have no step in this state.
    const actors = machine.actors.length;
    for (let actor = 0; actor < actors; actor++) {
      const evaluated = machine.leaves.evaluated[machine.leafOf(actor, state)] as Evaluated;
      for (const outcome of evaluated.outcomes) steps.push({ state, actor, evaluated, outcome });
    }
    return steps;
  }

  /** The exchanged steps, in the same order. */
  #exchanged(steps: readonly Taken[], exchange: Exchange): readonly Taken[] {
    const { slots } = this.#symmetry;
    const image = this.#trials.after(exchange);
    const byActor = new Map<number, ReadonlyMap<string, Omit<Taken, 'state'>>>();
    const found = steps.map(({ actor, outcome }) => {
      const other = this.#actors.after(actor, exchange);
      const known = byActor.get(other) ?? this.#outcomesOf(other, image);
      byActor.set(other, known);
      return known.get(outcomeKey(outcome, slots, exchange));
    });
    // The evaluations may have changed the layout.
    const state = this.#symmetry.place(image);
    return found.map((step) => {
      // `SameSteps` has compared the steps of this state.
      if (step === undefined) throw new Error('an exchanged step is missing');
      return { ...step, state };
    });
  }

  /** The steps of an actor in a state that is not stored, by what `outcomeKey` says of them. */
  #outcomesOf(actor: number, image: Int32Array): ReadonlyMap<string, Omit<Taken, 'state'>> {
    const machine = this.#machine;
    const leaf = machine.leafOf(actor, this.#symmetry.place(image));
    const evaluated = machine.leaves.evaluated[leaf] as Evaluated;
    return new Map(
      evaluated.outcomes.map((outcome) => [
        outcomeKey(outcome, this.#symmetry.slots),
        { actor, evaluated, outcome },
      ]),
    );
  }

  #refuse(name: string, { where }: Evaluated, exchange: Exchange): never {
    const { members } = this.#symmetry;
    throw asymmetry(members, exchange, name, `the answer about a step (${where}) is another one`);
  }
}
