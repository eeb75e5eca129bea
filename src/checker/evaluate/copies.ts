import { ABSENT, type Slots } from '../state/slots.ts';
import { IS_VIEW } from './object-protocol.ts';
import type { Tracker } from './tracker.ts';

/**
 * Plain copies of the values that one run of a recipe touches. They are made at the first touch, so
 * that inside of them JavaScript works as usual.
 */
export class Copies {
  readonly slots: Slots;
  readonly tracker: Tracker;
  /** The number of the current run. Views of an earlier run are stale. */
  run = 0;
  /** By slot: its value, and the run in which that was noted. */
  readonly #current: unknown[] = [];
  readonly #currentAt: number[] = [];
  /** By slot: its place in the order of first touches. */
  readonly #touchedAs: number[] = [];
  #touches = 0;
  /** By slot: the copy of its value, which tells it from an object that came from elsewhere. */
  readonly #copies: unknown[] = [];

  constructor(slots: Slots, tracker: Tracker) {
    this.slots = slots;
    this.tracker = tracker;
  }

  /** True when this run copied or wrote the slot. */
  isTouched(slot: number): boolean {
    return this.#currentAt[slot] === this.run;
  }

  /** The value of a touched slot; ABSENT where it was deleted. */
  current(slot: number): unknown {
    return this.#current[slot];
  }

  isAbsent(slot: number): boolean {
    if (this.isTouched(slot)) return this.#current[slot] === ABSENT;
    return this.slots.of[slot]?.templates[this.tracker.read(slot)] === ABSENT;
  }

  write(slot: number, value: unknown): void {
    if (!this.isTouched(slot)) {
      this.#touches += 1;
      this.#touchedAs[slot] = this.#touches;
    }
    this.#current[slot] = value;
    this.#currentAt[slot] = this.run;
  }

  /** The place of a slot in the order of first touches; after all others for an untouched slot. */
  orderOf(slot: number): number {
    return this.isTouched(slot) ? (this.#touchedAs[slot] as number) : Number.POSITIVE_INFINITY;
  }

  /** The value of a slot for a recipe: a copy of an object, undefined for an absent one. */
  open(slot: number): unknown {
    if (this.isTouched(slot)) {
      const held = this.#current[slot];
      return held === ABSENT ? undefined : held;
    }
    const copy = this.slots.of[slot]?.copyOf(this.tracker.read(slot));
    if (typeof copy !== 'object' || copy === null) return copy === ABSENT ? undefined : copy;
    this.#copies[slot] = copy;
    this.write(slot, copy);
    return copy;
  }

  /**
   * The number of the value that a slot holds after this run. Throws a SpecError for a value that
   * is not plain data.
   */
  numberOf(slot: number, value: unknown, before: number): number {
    // An unchanged scalar needs no look-up.
    if (value === this.slots.of[slot]?.templates[before]) return before;
    return typeof value === 'object' && value !== null && value === this.#copies[slot]
      ? this.slots.internCopy(slot, before, value)
      : this.slots.intern(slot, value);
  }

  /** Freezes the copies of this run. A recipe that kept one and writes to it later then throws. */
  freeze(): void {
    for (const [slot, at] of this.#currentAt.entries()) {
      if (at === this.run) deepFreeze(this.#copies[slot]);
    }
  }
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  if ((value as { readonly [IS_VIEW]?: true })[IS_VIEW] === true) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}
