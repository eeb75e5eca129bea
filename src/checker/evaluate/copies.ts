import { ABSENT, type Slots } from '../state/slots.ts';
import { IS_VIEW } from './object-protocol.ts';
import type { Tracker } from './tracker.ts';

/**
 * Plain copies of the values that one run of a recipe touches, made at first touch, so that inside
 * of them everything means what it means in JavaScript.
 */
export class Copies {
  readonly slots: Slots;
  readonly tracker: Tracker;
  /** The present run: views of another one are stale. */
  run = 0;
  /** By slot: what it holds, and the run in which that was noted. */
  readonly #current: unknown[] = [];
  readonly #currentAt: number[] = [];
  /** By slot, its place among the first touches of all slots. */
  readonly #touchedAs: number[] = [];
  #touches = 0;
  /**
   * By slot, the copy that was made of its value, to tell it from an object that came from
   * elsewhere.
   */
  readonly #copies: unknown[] = [];

  constructor(slots: Slots, tracker: Tracker) {
    this.slots = slots;
    this.tracker = tracker;
  }

  /** True when the slot was copied or written in this run. */
  isTouched(slot: number): boolean {
    return this.#currentAt[slot] === this.run;
  }

  /** What a touched slot holds; ABSENT where it was deleted. */
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

  /** Tells in which order slots were touched; after all others for one that was not. */
  orderOf(slot: number): number {
    return this.isTouched(slot) ? (this.#touchedAs[slot] as number) : Number.POSITIVE_INFINITY;
  }

  /**
   * The value of a slot as a recipe gets it: a copy where it is an object, undefined when absent.
   */
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
   * The number of what a slot is to hold after this run. Throws a SpecError for a value that is not
   * plain data.
   */
  numberOf(slot: number, value: unknown, before: number): number {
    // A scalar that is the same needs no looking up.
    if (value === this.slots.of[slot]?.templates[before]) return before;
    return typeof value === 'object' && value !== null && value === this.#copies[slot]
      ? this.slots.internCopy(slot, before, value)
      : this.slots.intern(slot, value);
  }

  /**
   * Makes the copies of this run unchangeable, so that whoever kept one and writes to it later is
   * found.
   */
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
