import type { AnySystem } from '../../spec/system.ts';
import type { Names } from '../properties/names.ts';
import type { NeverFound, SymmetryUsed } from '../result/ledger.ts';
import type { Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import { checkAlike, checkNames } from './alike.ts';
import { neighbours } from './exchanges.ts';
import { SameActors } from './same-actors.ts';
import { SameStepTests } from './same-step-tests.ts';
import { SameSteps } from './same-steps.ts';
import { SameTests } from './same-tests.ts';
import type { Symmetry } from './symmetry.ts';
import { Trials } from './trials.ts';

/** What is compared. */
interface Verified {
  readonly machine: Machine;
  readonly names: Names;
  readonly system: AnySystem;
}

/** Checks that the system is as symmetric as it declares, while a search visits its states. */
export class Verification {
  readonly symmetry: Symmetry;
  /** To be told of each new answer to a question about a state (`Operands.observer`). */
  readonly observe: SameTests['observe'];
  readonly #trials: Trials;
  readonly #steps: SameSteps;
  readonly #tests: SameTests;
  readonly #stepTests: SameStepTests;

  /** Throws a SpecError for what shows before the first step. */
  constructor(symmetry: Symmetry, { machine, names, system }: Verified, scenario: string) {
    const { members } = symmetry;
    this.symmetry = symmetry;
    this.#trials = new Trials(symmetry.slots);
    const actors = new SameActors(machine, members, scenario);
    checkNames(symmetry, system, scenario);
    actors.check(neighbours(members));
    checkAlike(symmetry, system, scenario);
    this.#steps = new SameSteps(symmetry, machine, actors, this.#trials);
    this.#tests = new SameTests(symmetry, machine, names, system, this.#trials);
    const parts = { symmetry, machine, names, system, trials: this.#trials };
    this.#stepTests = new SameStepTests(parts, actors, this.#tests.operands);
    this.observe = this.#tests.observe;
  }

  /** For the ledger: the sets, and what was compared with a sample of the exchanges only. */
  get used(): SymmetryUsed {
    const sets = this.symmetry.members.sets.map(({ name, size }) => [name, size] as const);
    return { sets: Object.fromEntries(sets), sampled: [...this.#trials.sampled].sort() };
  }

  /** For the ledger: the sets of which no visited state names a member. */
  neverFound(): readonly NeverFound[] {
    const { members, slots } = this.symmetry;
    const isNamed = (member: number) => slots.everNamed.has(member);
    return members.sets
      .filter(({ first, size }) => ![...Array(size).keys()].some((i) => isNamed(first + i)))
      .map(({ name, first }) => ({
        name: members.names[first]?.[0] ?? '',
        by: `symmetry.${name}`,
      }));
  }

  slotAdded(field: Field, slot: number): void {
    this.symmetry.slots.close();
    this.#tests.slotAdded(field, slot);
    this.#stepTests.slotAdded();
  }

  /**
   * Compares what is true of a stored state with what is true of exchanged ones; with `hasSteps`
   * also its steps. Throws a SpecError where a difference shows that the declaration is wrong.
   */
  judge(state: number, vector: Int32Array, hasSteps: boolean): void {
    this.#trials.next(vector);
    this.#tests.judge(state);
    if (!hasSteps) return;
    this.#steps.judge(state, vector);
    this.#stepTests.judge(state);
  }
}
