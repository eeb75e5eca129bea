import type { AnyBody, AnyLeaf } from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import { circuitOf } from '../properties/bodies.ts';
import { type Circuit, Place, type Question } from '../properties/circuit.ts';
import { WITHIN_WHERE } from '../properties/constraint.ts';
import type { Names } from '../properties/names.ts';
import { Operands } from '../properties/operands.ts';
import { Owner, Readers } from '../properties/readers.ts';
import { askSeen } from '../properties/seen.ts';
import { StateAnswers } from '../properties/state-answers.ts';
import { FINAL_WHERE } from '../result/end-questions.ts';
import type { Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import { asymmetry } from './asymmetry.ts';
import type { Exchange } from './members.ts';
import { Proofs, type Reading } from './proofs.ts';
import type { Symmetry } from './symmetry.ts';
import type { Trials } from './trials.ts';

/** After so many evaluations, all further questions are compared in each state. */
const EVALUATIONS_MAX = 100_000;

/**
 * Compares the questions about states with those about exchanged states, as `SameSteps` does with
 * steps. The main search tells of each new answer (`observe`).
 */
export class SameTests {
  readonly operands: Operands;
  readonly #readers = new Readers();
  readonly #answers: StateAnswers;
  readonly #symmetry: Symmetry;
  readonly #machine: Machine;
  readonly #trials: Trials;
  readonly #proofs: Proofs;
  readonly #tests = new Map<AnyLeaf, number>();
  /** Each question about whole states, by its name in messages. */
  readonly #bodies: ReadonlyMap<string, AnyBody>;
  /** `final` is asked of all states only after the search, so here it is asked of each. */
  readonly #final: Circuit | undefined;
  /** Those that are compared in each state. */
  readonly #byState = new Map<string, Circuit>();

  constructor(
    symmetry: Symmetry,
    machine: Machine,
    names: Names,
    system: AnySystem,
    trials: Trials,
  ) {
    this.#symmetry = symmetry;
    this.#machine = machine;
    this.#trials = trials;
    this.#proofs = new Proofs(symmetry, EVALUATIONS_MAX);
    this.operands = new Operands(machine, names, this.#readers);
    this.#answers = new StateAnswers(machine, this.operands, this.#readers);
    this.operands.observer = this.observe;
    this.#bodies = bodiesOf(system);
    const final = this.#bodies.get(FINAL_WHERE);
    this.#final = final === undefined ? undefined : this.#circuit(FINAL_WHERE, final);
  }

  slotAdded(field: Field, slot: number): void {
    this.operands.slotAdded(field, slot);
    this.#readers.slotAdded(field, slot);
    // A test that goes through a table may read more now.
    this.#proofs.forget();
  }

  /**
   * A question got a new answer in this stored state. Throws a SpecError where it has another one
   * in an exchanged state.
   */
  readonly observe = (question: Question, state: number, value: boolean): void => {
    // The owners in a search are all of this class.
    const { name } = question.owner as Owner;
    // Questions about steps, of which this is a part, are compared in each state.
    if (this.#byState.has(name) || !this.#bodies.has(name)) return;
    if (!this.#isSettled(question, this.#symmetry.store.vectorOf(state), value)) this.#watch(name);
    this.#machine.lookAt(state);
  };

  /** Compares the questions that depend on whole states. */
  judge(state: number): void {
    this.#final?.value(this.#answers.look(state));
    for (const [name, circuit] of this.#byState) {
      for (const exchange of this.#trials.for(name)) {
        const value = circuit.value(this.#answers.look(state));
        const at = this.#symmetry.place(this.#trials.after(exchange));
        this.operands.forgetLast();
        if (circuit.value(this.#answers.look(at)) !== value) this.#refuse(name, exchange);
        this.operands.forgetLast();
      }
    }
  }

  #watch(name: string): void {
    const body = this.#bodies.get(name);
    if (body === undefined) throw new Error(`an unknown question: ${name}`);
    this.#byState.set(name, this.#circuit(name, body));
  }

  #circuit(name: string, body: AnyBody): Circuit {
    const owner = new Owner(name);
    return circuitOf(body, { side: 'here', place: undefined, where: name, owner });
  }

  #isSettled(question: Question, vector: Int32Array, value: boolean): boolean {
    const { slots } = this.#symmetry;
    const { place, owner } = question;
    const concerns = () => this.#membersOf(place);
    return this.#proofs.isProved(this.#ask(question, vector, place), concerns, (exchange) => {
      const other = this.#placeAfter(place, exchange);
      const again = this.#ask(question, slots.after(vector, exchange), other);
      if (again.value !== value) this.#refuse((owner as Owner).name, exchange);
      return again;
    });
  }

  /** The members of the entries about which a question is. */
  #membersOf(place: Place | undefined): Set<number> {
    const found = new Set<number>();
    for (let at = place; at !== undefined; at = at.outer) {
      const part = this.#symmetry.members.partOf(at.id);
      if (part !== undefined) found.add(part.member);
    }
    return found;
  }

  #ask(
    { test, side, where }: Question,
    vector: Int32Array,
    place: Place | undefined,
  ): Reading & { readonly value: boolean } {
    const { evaluator, slots } = this.#machine;
    const question = { test, side, where, place, owner: undefined, held: undefined };
    const source = { numberOf: (slot: number) => vector[slot] ?? 0 };
    for (;;) {
      const { count } = slots;
      const value = evaluator.test((views) => askSeen(question, views), where, source);
      const { order, numbers } = evaluator.tracker;
      // With a new slot the test may read more.
      if (slots.count !== count) continue;
      return { value, order, numbers, key: () => this.#keyOf(test, place, order, numbers) };
    }
  }

  #placeAfter(place: Place | undefined, exchange: Exchange): Place | undefined {
    if (place === undefined) return undefined;
    const id = this.#symmetry.members.rename(place.id, exchange);
    return new Place(place.field, id, place.side, this.#placeAfter(place.outer, exchange));
  }

  #keyOf(
    test: AnyLeaf,
    place: Place | undefined,
    order: readonly number[],
    numbers: readonly number[],
  ): string {
    const id = this.#tests.get(test) ?? this.#tests.size;
    this.#tests.set(test, id);
    const ids: (readonly string[])[] = [];
    for (let at = place; at !== undefined; at = at.outer) ids.push([at.field, at.id]);
    const read = order.map((slot, i) => `${slot}:${numbers[i]}`).sort();
    return JSON.stringify([id, ids, read]);
  }

  #refuse(name: string, exchange: Exchange): never {
    const { members } = this.#symmetry;
    throw asymmetry(members, exchange, name, 'the answer in a visited state is another one');
  }
}

/** The questions about states, by the names of their owners. */
function bodiesOf({ properties = [], final, within }: AnySystem): ReadonlyMap<string, AnyBody> {
  const bodies = new Map<string, AnyBody>();
  for (const property of properties) {
    if ('body' in property) bodies.set(`property '${property.name}'`, property.body);
  }
  if (typeof final === 'function') bodies.set(FINAL_WHERE, final);
  if (within !== undefined) bodies.set(WITHIN_WHERE, within);
  return bodies;
}
