import type { Evaluated, Outcome } from '../evaluate/evaluated.ts';
import { ABSENT, type Field } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';
import type { Answers, Place, Question, Range } from './circuit.ts';

/** A step that is to be judged. */
export interface Taken {
  readonly state: number;
  readonly actor: number;
  readonly evaluated: Evaluated;
  readonly outcome: Outcome;
}

/** A field with the ids that it last had; of changes, with the ids by outcome. */
interface Ids {
  readonly field: Field;
  slots: number;
  ids: readonly string[];
}

/** Answers about a step from the packed state before it and the writes of its outcome. */
export class StepAnswers implements Answers {
  moment: Taken | undefined;
  /** True while no question has read anything but what the outcome writes. */
  isConstant = true;
  readonly #machine: Machine;
  readonly #holds: (question: Question, step: Taken) => boolean;

  /** `holds` answers a question by calling the function of the model, or from the memo. */
  constructor(machine: Machine, holds: (question: Question, step: Taken) => boolean) {
    this.#machine = machine;
    this.#holds = holds;
  }

  /** Sets the step that is asked about. */
  look(step: Taken): this {
    this.moment = step;
    this.isConstant = true;
    return this;
  }

  ask(question: Question): boolean {
    const { place } = question;
    if (place !== undefined && place.slot < 0) this.#slotOf(place);
    return this.#holds(question, this.#step());
  }

  idsOf(range: Range): readonly string[] {
    this.isConstant = false;
    const field = this.#fieldOf(range);
    // The memory of a range of entries in a state holds nothing else.
    const held = (range.held as Ids | undefined) ?? { field, slots: -1, ids: [] };
    range.held = held;
    if (held.slots !== field.slots.size) {
      held.slots = field.slots.size;
      held.ids = field.sorted.map(([id]) => id);
    }
    return held.ids;
  }

  isThere(place: Place): boolean {
    const slot = place.slot < 0 ? this.#slotOf(place) : place.slot;
    const { slots } = this.#machine;
    const step = this.#step();
    this.#machine.lookAt(step.state);
    const after = place.side === 'after' ? writtenTo(step.outcome, slot) : undefined;
    return slots.values[slot]?.[after ?? this.#machine.numberOf(slot)] !== ABSENT;
  }

  changedIds(range: Range): readonly string[] {
    const { slots } = this.#machine;
    const { writes } = this.#step().outcome;
    const field = this.#fieldOf(range);
    const ids: string[] = [];
    for (let i = 0; i < writes.length; i += 2) {
      const slot = writes[i] as number;
      if (slots.fieldOf[slot] === field) ids.push(slots.idOf[slot] as string);
    }
    if (ids.length < 2) return ids;
    // Through an object, which orders the ids as the keys of a table.
    return Object.keys(Object.fromEntries(ids.sort().map((id) => [id, true])));
  }

  #step(): Taken {
    if (this.moment === undefined) throw new Error('no step was looked at');
    return this.moment;
  }

  #fieldOf({ field }: { readonly field: string }): Field {
    const found = this.#machine.slots.fields.get(field);
    if (found === undefined) throw new Error(`there is no field '${field}'`);
    return found;
  }

  #slotOf(place: Place): number {
    const { slots, evaluator } = this.#machine;
    const slot = slots.slot(this.#fieldOf(place), place.id);
    place.slot = slot;
    // This counts as a read, although no function of the model made it.
    evaluator.tracker.everRead.add(slot);
    return slot;
  }
}

/** The value number that an outcome writes to a slot; undefined where it writes none. */
function writtenTo({ writes }: Outcome, slot: number): number | undefined {
  for (let i = 0; i < writes.length; i += 2) if (writes[i] === slot) return writes[i + 1];
  return undefined;
}
