import type { AnyBody, StateProperty } from '../../spec/property.ts';
import type { Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import { type Circuit, circuitOf, Place } from './bodies.ts';
import type { Names } from './names.ts';
import { Operands } from './operands.ts';
import { Owner, Readers } from './readers.ts';
import { SharedBodies } from './shared-bodies.ts';
import { StateAnswers } from './state-answers.ts';
import type { Asking, ClauseBody } from './take-apart.ts';

/** A part of a property that decides it by itself, ready to be asked of packed states. */
export interface Clause {
  readonly property: StateProperty;
  /**
   * Where it is false the clause decides nothing; one circuit for all clauses that have the same.
   */
  readonly guard: Circuit | undefined;
  /** In which order the clauses were made. */
  readonly index: number;
  /** Which part of the property it is. */
  readonly body: ClauseBody;
  readonly isPremise: boolean;
  readonly owner: Owner;
  /** Its property is not decided yet; of a premise: it was true nowhere. */
  isOpen: boolean;
  /** Whether it decides in the state that is being asked, if its guard is true there. */
  readonly decides: () => boolean;
}

/** Makes questions about packed states out of bodies. What two of them ask is asked once. */
export class Clauses {
  readonly readers = new Readers();
  readonly operands: Operands;
  readonly answers: StateAnswers;
  readonly #shared: SharedBodies;
  #count = 0;

  constructor(machine: Machine, names: Names) {
    this.operands = new Operands(machine, names, this.readers);
    this.answers = new StateAnswers(machine, this.operands, this.readers);
    this.#shared = new SharedBodies(this.readers);
  }

  slotAdded(field: Field, slot: number): void {
    this.operands.slotAdded(field, slot);
    this.readers.slotAdded(field, slot);
  }

  /** A clause of a property; `by` is the property in messages. */
  clause(property: StateProperty, by: string, body: ClauseBody): Clause {
    const { part, place, premises, seeks, isPremise } = body;
    const owner = new Owner(by);
    const where = part === undefined ? by : `${by}, ${part}`;
    const circuit = (asking: Asking) => this.#circuit(asking, where, owner);
    if (place !== undefined) this.readers.add(this.answers.slotOf(place), owner);
    const asked = circuit(body);
    const answers = this.answers;
    // A premise about the whole state may be looked at before it is known whether the entry is
    // there.
    const isAhead = premises[0] !== undefined && premises[0].place === undefined;
    const [guard, ...inner] = premises.map(circuit);
    const guards = isAhead || guard === undefined ? inner : [guard, ...inner];
    const decides = (): boolean => {
      if (place !== undefined && !answers.isThere(place)) return false;
      for (const guard of guards) if (!guard.value(answers)) return false;
      return asked.value(answers) === seeks;
    };
    this.#count += 1;
    const index = this.#count;
    const ahead = isAhead ? guard : undefined;
    return { property, guard: ahead, index, body, isPremise, owner, decides, isOpen: true };
  }

  /** Asks a body of states; `where` says for messages who does. */
  question(body: AnyBody, where: string): (state: number) => boolean {
    const circuit = this.#circuit({ body, place: undefined }, where, new Owner(where));
    return (state) => circuit.value(this.answers.look(state));
  }

  /** The same of one entry; the answer is `absent` where it is not there. */
  entryQuestion(
    body: AnyBody,
    { table, id }: { readonly table: string; readonly id: string },
    absent: boolean,
    where: string,
  ): (state: number) => boolean {
    const place = new Place(table, id, 'here', undefined);
    const circuit = this.#circuit({ body, place }, where, new Owner(where));
    return (state) => {
      const answers = this.answers.look(state);
      return answers.isThere(place) ? circuit.value(answers) : absent;
    };
  }

  #circuit({ body, place }: Asking, where: string, owner: Owner): Circuit {
    if (place !== undefined) this.answers.slotOf(place);
    return circuitOf(body, { side: 'here', place, where, owner, share: this.#shared.share });
  }
}
