import { ABSENT, type Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Answers, Place, Question, Range } from './circuit.ts';
import type { Operands } from './operands.ts';
import type { Owner, Readers } from './readers.ts';

/** A field, and the ids that it had when it was last asked for. */
interface Ids {
  readonly field: Field;
  slots: number;
  ids: readonly string[];
}

/** Answers from packed states, and records which part depends on which slot. */
export class StateAnswers implements Answers {
  /** The number of the state that is asked about. */
  moment = -1;
  readonly #machine: Machine;
  readonly #operands: Operands;
  readonly #readers: Readers;
  readonly #ids = new Map<string, Ids>();

  constructor(machine: Machine, operands: Operands, readers: Readers) {
    this.#machine = machine;
    this.#operands = operands;
    this.#readers = readers;
  }

  /** Sets the state that is asked about. */
  look(state: number): this {
    this.moment = state;
    this.#machine.lookAt(state);
    return this;
  }

  ask(question: Question): boolean {
    return this.#operands.holds(question, this.moment);
  }

  idsOf(range: Range): readonly string[] {
    // The memory of a range of entries in a state holds nothing else.
    const held = (range.held as Ids | undefined) ?? this.#take(range);
    const { field } = held;
    if (held.slots !== field.slots.size) {
      held.slots = field.slots.size;
      held.ids = field.sorted.map(([id]) => id);
    }
    return held.ids;
  }

  isThere(place: Place): boolean {
    const slot = place.slot < 0 ? this.slotOf(place) : place.slot;
    const { slots } = this.#machine;
    return slots.values[slot]?.[this.#machine.numberOf(slot)] !== ABSENT;
  }

  changedIds(): never {
    throw new Error('a state was asked what a step changes');
  }

  /** The slot of an entry. The place keeps it. */
  slotOf(place: Place): number {
    const { slots, evaluator } = this.#machine;
    const field = slots.fields.get(place.field);
    if (field === undefined) throw new Error(`there is no field '${place.field}'`);
    const slot = slots.slot(field, place.id);
    place.slot = slot;
    // This counts as a read, although no function of the model made it.
    evaluator.tracker.everRead.add(slot);
    return slot;
  }

  #take(range: Range): Ids {
    const { fields } = this.#machine.slots;
    const field = fields.get(range.field);
    if (field === undefined) throw new Error(`there is no field '${range.field}'`);
    const known = this.#ids.get(range.field) ?? { field, slots: -1, ids: [] };
    this.#ids.set(range.field, known);
    range.held = known;
    // The owners in a search are all of this class.
    this.#readers.addAll(field, range.owner as Owner);
    return known;
  }
}
