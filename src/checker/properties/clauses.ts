import type { AnyBody, StateProperty } from '../../spec/property.ts';
import type { Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import { circuitOf } from './bodies.ts';
import { type Branches, type Circuit, Place } from './circuit.ts';
import type { Names } from './names.ts';
import { Operands } from './operands.ts';
import { Owner, Readers } from './readers.ts';
import { SharedBodies } from './shared-bodies.ts';
import { StateAnswers } from './state-answers.ts';
import type { Asking, ClauseBody } from './take-apart.ts';

/** A part of a property that can decide it alone, prepared for packed states. */
export interface Clause {
  readonly property: StateProperty;
  /**
   * Where the guard is false the clause decides nothing. Clauses with the same premises share one
   * circuit.
   */
  readonly guard: Circuit | undefined;
  /** The place in the order in which clauses were made. */
  readonly index: number;
  /** The part of the property. */
  readonly body: ClauseBody;
  readonly isPremise: boolean;
  readonly owner: Owner;
  /** True while the property is undecided. For a premise: while it was true nowhere. */
  isOpen: boolean;
  /** Whether the clause decides in the current state, given that its guard is true there. */
  readonly decides: () => boolean;
  /** The same as a program. */
  readonly branches: (to: Branches, whenDecided: number, otherwise: number) => number;
}

/** Prepares bodies as questions about packed states. Equal questions are asked once. */
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

  /** Makes a clause of a property. `by` names the property in messages. */
  clause(property: StateProperty, by: string, body: ClauseBody): Clause {
    const { part, place, premises, seeks, isPremise } = body;
    const owner = new Owner(by);
    const where = part === undefined ? by : `${by}, ${part}`;
    const circuit = (asking: Asking) => this.#circuit(asking, where, owner);
    if (place !== undefined) this.readers.add(this.answers.slotOf(place), owner);
    const asked = circuit(body);
    const answers = this.answers;
    // Only a premise about the whole state can be asked before the entry is known to exist.
    const isAhead = premises[0] !== undefined && premises[0].place === undefined;
    const [guard, ...inner] = premises.map(circuit);
    const guards = isAhead || guard === undefined ? inner : [guard, ...inner];
    const decides = (): boolean => {
      if (place !== undefined && !answers.isThere(place)) return false;
      for (const guard of guards) if (!guard.value(answers)) return false;
      return asked.value(answers) === seeks;
    };
    const branches = (to: Branches, whenDecided: number, otherwise: number): number => {
      const answers = seeks
        ? ([whenDecided, otherwise] as const)
        : ([otherwise, whenDecided] as const);
      const inner = guards.reduceRight(
        (next, guard) => guard.branches(to, next, otherwise),
        asked.branches(to, ...answers),
      );
      return place === undefined ? inner : to.isThere(place, inner, otherwise);
    };
    this.#count += 1;
    const index = this.#count;
    const ahead = isAhead ? guard : undefined;
    const asks = { decides, branches };
    return { property, guard: ahead, index, body, isPremise, owner, ...asks, isOpen: true };
  }

  /** Prepares a body of states. `where` names its owner in messages. */
  question(body: AnyBody, where: string): (state: number) => boolean {
    const circuit = this.#circuit({ body, place: undefined }, where, new Owner(where));
    return (state) => circuit.value(this.answers.look(state));
  }

  /** The same for one entry. The answer is `absent` where the entry does not exist. */
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
