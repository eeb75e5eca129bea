import type { AnySystem } from '../../spec/system.ts';
import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
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
  judge(state: number, vector: Int32Array): void {
    if (this.#questions.length === 0) return;
    const machine = this.#machine;
    const actors = machine.actors.length;
    for (let actor = 0; actor < actors; actor++) {
      const evaluated = machine.leaves.evaluated[machine.leafOf(actor, state)] as Evaluated;
      if (evaluated.outcomes.length > 0) this.#judgeSteps(state, actor, evaluated, vector);
    }
  }

  #judgeSteps(state: number, actor: number, evaluated: Evaluated, vector: Int32Array): void {
    const { outcomes } = evaluated;
    const steps = outcomes.map((outcome) => ({ state, actor, evaluated, outcome }));
    for (const { name, holds } of this.#questions) {
      const values = steps.map(holds);
      for (const exchange of this.#trials.for(name)) {
        const others = this.#exchanged(actor, outcomes, vector, exchange);
        this.#operands.forgetLast();
        for (const [i, other] of others.entries()) {
          if (holds(other) !== values[i]) this.#refuse(name, evaluated, exchange);
        }
        this.#operands.forgetLast();
      }
    }
  }

  /** The exchanged steps, in the same order. */
  #exchanged(
    actor: number,
    outcomes: readonly Outcome[],
    vector: Int32Array,
    exchange: Exchange,
  ): readonly Taken[] {
    const machine = this.#machine;
    const { slots } = this.#symmetry;
    const image = slots.after(vector, exchange);
    const other = this.#actors.after(actor, exchange);
    const leaf = machine.leafOf(other, this.#symmetry.place(image));
    const evaluated = machine.leaves.evaluated[leaf] as Evaluated;
    const byKey = new Map(evaluated.outcomes.map((each) => [outcomeKey(each, slots), each]));
    const found = outcomes.map((each) => byKey.get(outcomeKey(each, slots, exchange)));
    // The evaluation may have changed the layout.
    const state = this.#symmetry.place(image);
    return found.map((outcome) => {
      // `SameSteps` has compared the steps of this state.
      if (outcome === undefined) throw new Error('an exchanged step is missing');
      return { state, actor: other, evaluated, outcome };
    });
  }

  #refuse(name: string, { where }: Evaluated, exchange: Exchange): never {
    const { members } = this.#symmetry;
    throw asymmetry(members, exchange, name, `the answer about a step (${where}) is another one`);
  }
}
