import { membersAt } from './exchanged-steps.ts';
import { placementCount, placements } from './exchanges.ts';
import type { Exchange } from './members.ts';
import type { Symmetry } from './symmetry.ts';

/** What can be placed in more ways than this is compared in each state. */
const PLACES_MAX = 1000;

/** What an evaluation read, slot by slot with its value number, and a text that tells it apart. */
export interface Reading {
  readonly order: readonly number[];
  readonly numbers: readonly number[];
  readonly key: () => string;
}

/**
 * Proves evaluations symmetric. What one reads decides what it answers. So it is compared once for
 * all states in which it reads the same, with every way to place the members that it concerns.
 */
export class Proofs {
  readonly #symmetry: Symmetry;
  /** The keys of what is proved. */
  readonly #known = new Set<string>();
  /** How many evaluations are left; after that nothing more is proved. */
  #left: number;

  constructor(symmetry: Symmetry, evaluationsMax: number) {
    this.#symmetry = symmetry;
    this.#left = evaluationsMax;
  }

  /** To be called when a slot appears: what goes through a table may read more then. */
  forget(): void {
    this.#known.clear();
  }

  /**
   * Whether the evaluation is symmetric in all states in which it reads this. `concerns` makes the
   * set of members that it is about, without those in what it read. `exchanged` evaluates it after
   * an exchange, and throws where it answers something else.
   */
  isProved(
    { order, numbers, key }: Reading,
    concerns: () => Set<number>,
    exchanged: (exchange: Exchange) => Reading,
  ): boolean {
    const { slots, members } = this.#symmetry;
    const { count } = slots.slots;
    const own = key();
    if (this.#known.has(own)) return true;
    const concerned = concerns();
    for (const [i, slot] of order.entries()) {
      membersAt(slot, numbers[i] as number, slots, concerned);
    }
    const places = placementCount(concerned, members);
    this.#left -= places;
    if (places > PLACES_MAX || this.#left < 0) return false;
    const found = [own];
    for (const exchange of placements(concerned, members)) {
      const again = exchanged(exchange);
      const read = new Set(order.map((slot) => slots.slotAfter(slot, exchange)));
      if (!again.order.every((slot) => read.has(slot))) return false;
      if (again.order.length === order.length) found.push(again.key());
    }
    // With a new slot the keys say too little.
    if (slots.slots.count === count) for (const each of found) this.#known.add(each);
    return true;
  }
}
