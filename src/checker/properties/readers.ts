import type { Field } from '../state/slots.ts';

/**
 * A part whose value depends on slots: a clause of a property, or a body that several of them
 * share.
 */
export class Owner {
  /** The name of its property in messages: `property '…'`. */
  readonly name: string;
  /** The parts whose value depends on this one. */
  readonly within = new Set<Owner>();

  constructor(name: string) {
    this.name = name;
  }
}

/** Which parts read which slots, so that a step leads only to the parts that it can change. */
export class Readers {
  /** Rises when a part depends on a further slot. */
  version = 0;
  readonly #owners: (Set<Owner> | undefined)[] = [];
  readonly #through = new Map<Field, Set<Owner>>();
  /** By slot, the version in which its readers last changed; and the version in which any did. */
  readonly #changedIn: number[] = [];
  #allChangedIn = 0;

  /** Makes the value of this part depend on this slot. */
  add(slot: number, owner: Owner): void {
    const owners = this.#owners[slot] ?? new Set();
    this.#owners[slot] = owners;
    if (owners.has(owner)) return;
    owners.add(owner);
    this.version += 1;
    this.#changedIn[slot] = this.version;
  }

  /** Makes this part depend on all entries of a table, also on later ones. */
  addAll(field: Field, owner: Owner): void {
    const owners = this.#through.get(field) ?? new Set();
    this.#through.set(field, owners);
    owners.add(owner);
    for (const slot of field.slots.values()) this.add(slot, owner);
  }

  /** Makes the outer part depend on the inner one. */
  nest(inner: Owner, outer: Owner): void {
    if (inner.within.has(outer)) return;
    inner.within.add(outer);
    this.changeAll();
  }

  slotAdded(field: Field, slot: number): void {
    for (const owner of this.#through.get(field) ?? []) this.add(slot, owner);
  }

  /** Declares everything changed that was found for any slots. */
  changeAll(): void {
    this.version += 1;
    this.#allChangedIn = this.version;
  }

  /** Whether the readers of these slots (every second number) are the same as in that version. */
  areSame(writes: readonly number[], version: number): boolean {
    if (this.#allChangedIn > version) return false;
    for (let i = 0; i < writes.length; i += 2) {
      if ((this.#changedIn[writes[i] as number] ?? 0) > version) return false;
    }
    return true;
  }

  /**
   * The parts that depend on one of these slots (every second number), directly or through another
   * part.
   */
  of(writes: readonly number[]): ReadonlySet<Owner> {
    const found = new Set<Owner>();
    for (let i = 0; i < writes.length; i += 2) {
      for (const owner of this.#owners[writes[i] as number] ?? []) found.add(owner);
    }
    // The loop also visits what it adds.
    for (const owner of found) for (const outer of owner.within) found.add(outer);
    return found;
  }
}
