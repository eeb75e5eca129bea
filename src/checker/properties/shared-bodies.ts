import type { AnyBody } from '../../spec/property.ts';
import { ownCircuitOf } from './bodies.ts';
import type { Answers, Around, Branches, Circuit } from './circuit.ts';
import { Owner, type Readers } from './readers.ts';

/** One circuit for each body that goes through a table and depends on no entry around it. */
export class SharedBodies {
  readonly #readers: Readers;
  readonly #known = new Map<AnyBody, Shared>();

  constructor(readers: Readers) {
    this.#readers = readers;
  }

  readonly share = (body: AnyBody, around: Around): Circuit => {
    // The owners in a search are all of this class.
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

/** Keeps the value of its last question. */
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

  branches(to: Branches, whenTrue: number, whenFalse: number): number {
    return this.#circuit.branches(to, whenTrue, whenFalse);
  }
}
