import type { AnyBody } from '../../spec/property.ts';
import { type Answers, type Around, type Circuit, ownCircuitOf } from './bodies.ts';
import { Owner, type Readers } from './readers.ts';

/**
 * Bodies that go through a table and stand in no test of entries: one circuit for all who ask it.
 */
export class SharedBodies {
  readonly #readers: Readers;
  readonly #known = new Map<AnyBody, Shared>();

  constructor(readers: Readers) {
    this.#readers = readers;
  }

  readonly share = (body: AnyBody, around: Around): Circuit => {
    // The owners of what a search asks are all of this class.
    const asker = around.owner as Owner;
    const shared = this.#known.get(body) ?? this.#make(body, around, asker);
    this.#readers.nest(shared.owner, asker);
    return shared;
  };

  #make(body: AnyBody, around: Around, { name }: Owner): Shared {
    const owner = new Owner(name);
    const made = new Shared(ownCircuitOf(body, { ...around, owner }), owner);
    this.#known.set(body, made);
    return made;
  }
}

/** Keeps the value of what was asked last. */
class Shared implements Circuit {
  readonly owner: Owner;
  readonly #circuit: Circuit;
  #moment: unknown;
  #value = false;

  constructor(circuit: Circuit, owner: Owner) {
    this.#circuit = circuit;
    this.owner = owner;
  }

  value(answers: Answers): boolean {
    const { moment } = answers;
    if (moment === this.#moment) return this.#value;
    this.#value = this.#circuit.value(answers);
    this.#moment = moment;
    return this.#value;
  }
}
