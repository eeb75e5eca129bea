import type { Field } from '../state/slots.ts';

/**
 * A part whose value depends on slots: a clause of a property, or a body that several of them ask.
 */
export class Owner {
  /** Who asks, for messages: `property '…'`. */
  readonly name: string;
  /** The parts whose value depends on this one. */
  readonly within = new Set<Owner>();

  constructor(name: string) {
    this.name = name;
  }
}

/** Which parts read which slots, so that a step leads only to those that it can change. */
export class Readers {
  /** Rises whenever some part comes to depend on a further slot. */
  version = 0;
  readonly #owners: (Set<Owner> | undefined)[] = [];
  readonly #through = new Map<Field, Set<Owner>>();
  /** The version in which the owners of a slot changed last, and that in which any owner did. */
  readonly #changedIn: number[] = [];
  #allChangedIn = 0;

  /** The value of this part may depend on this slot from now on. */
  add(slot: number, owner: Owner): void {
    const owners = this.#owners[slot] ?? new Set();
    this.#owners[slot] = owners;
    if (owners.has(owner)) return;
    owners.add(owner);
    this.version += 1;
    this.#changedIn[slot] = this.version;
  }

  /** This part goes through all entries of a table, also those that appear later. */
  addAll(field: Field, owner: Owner): void {
    const owners = this.#through.get(field) ?? new Set();
    this.#through.set(field, owners);
    owners.add(owner);
    for (const slot of field.slots.values()) this.add(slot, owner);
  }

  /** One part is asked by another. */
  nest(inner: Owner, outer: Owner): void {
    if (inner.within.has(outer)) return;
    inner.within.add(outer);
    this.changeAll();
  }

  slotAdded(field: Field, slot: number): void {
    for (const owner of this.#through.get(field) ?? []) this.add(slot, owner);
  }

  /** What was found for any slots before counts no more. */
  changeAll(): void {
    this.version += 1;
    this.#allChangedIn = this.version;
  }

  /** Whether the parts that read these slots (every second number) are those of that version. */
  areSame(writes: readonly number[], version: number): boolean {
    if (this.#allChangedIn > version) return false;
    for (let i = 0; i < writes.length; i += 2) {
      if ((this.#changedIn[writes[i] as number] ?? 0) > version) return false;
    }
    return true;
  }

  /** The parts that read one of these slots (every second number), and those that ask them. */
  of(writes: readonly number[]): ReadonlySet<Owner> {
    const found = new Set<Owner>();
    for (let i = 0; i < writes.length; i += 2) {
      for (const owner of this.#owners[writes[i] as number] ?? []) found.add(owner);
    }
    // Whatever is added meanwhile is visited, too.
    for (const owner of found) for (const outer of owner.within) found.add(outer);
    return found;
  }
}
