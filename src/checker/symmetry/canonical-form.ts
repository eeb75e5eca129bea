import type { ExchangedSlots } from './exchanged-slots.ts';
import type { Fact } from './facts.ts';
import type { Exchange } from './members.ts';
import { bySet, type Colouring, type Link, refine } from './refine.ts';

/** A state that stands for all that exchanges make of it, and the exchange that leads to it. */
export interface Canonical {
  /** Value numbers by slot. */
  readonly vector: Int32Array;
  readonly exchange: Exchange;
}

/** A hash that no set of facts is likely to have. */
const MARK = 0x5bd1e995;

/**
 * Finds one state for each orbit: of all states that exchanges of members make of one state, always
 * the same. Colours tell most members apart. Members that are still alike are either twins, whose
 * order does not matter, or each of them is tried in the first place, and the least state is taken.
 */
export class CanonicalForm {
  readonly #slots: ExchangedSlots;
  readonly #initial: Colouring;
  /** What is known of the state in hand. */
  #vector: Int32Array = new Int32Array(0);
  #own: Int32Array;
  #links: Link[] = [];
  /** The slots whose values name members. */
  #naming: number[] = [];
  #mark = -1;
  readonly #swap: Exchange;

  constructor(slots: ExchangedSlots) {
    this.#slots = slots;
    this.#initial = bySet(slots.members);
    this.#own = new Int32Array(slots.members.count);
    this.#swap = slots.members.identity();
  }

  /**
   * The canonical state of a state, given as value numbers by slot. With `mark` one member counts
   * as unlike all others.
   */
  of(vector: Int32Array, mark = -1): Canonical {
    this.#gather(vector, mark);
    const { order, colour } = this.#initial;
    const colouring = { order: order.slice(), colour: colour.slice() };
    refine(colouring, this.#own, this.#links);
    return this.#least(colouring);
  }

  #gather(vector: Int32Array, mark: number): void {
    const slots = this.#slots;
    this.#vector = vector;
    this.#mark = mark;
    this.#own.fill(0);
    this.#links = [];
    this.#naming = [];
    for (let slot = 0; slot < slots.memberOf.length; slot++) {
      const number = vector[slot] ?? 0;
      const { facts, named } = slots.at(slot, number);
      if (named.length > 0) this.#naming.push(slot);
      for (let i = 0; i < facts.length; i++) {
        const fact = facts[i] as Fact;
        if (fact.members.length > 1) this.#links.push(fact);
        else {
          const member = fact.members[0] as number;
          this.#own[member] = ((this.#own[member] as number) + fact.kind) | 0;
        }
      }
    }
    if (mark >= 0) this.#own[mark] = ((this.#own[mark] as number) + MARK) | 0;
  }

  /** The least state of this part of the search. */
  #least(colouring: Colouring): Canonical {
    const classes = this.#firstUnlike(colouring);
    if (classes === undefined) return this.#leaf(colouring);
    let least: Canonical | undefined;
    const greedy: Canonical[] = [];
    for (const member of classes) {
      const child = this.#single(colouring, member);
      // An equal state found by the same rule means that an exchange of the state with itself
      // leads from one branch to the other, so that both have the same states.
      const first = this.#greedy(child);
      if (greedy.some((other) => compare(other.vector, first.vector) === 0)) continue;
      greedy.push(first);
      const found = this.#least(child);
      if (least === undefined || compare(found.vector, least.vector) < 0) least = found;
    }
    return least as Canonical;
  }

  /** One state of this part of the search. */
  #greedy(colouring: Colouring): Canonical {
    let at = colouring;
    for (;;) {
      const classes = this.#firstUnlike(at);
      if (classes === undefined) return this.#leaf(at);
      at = this.#single(at, classes[0] as number);
    }
  }

  /** The colouring in which this member comes before the others of its colour. */
  #single({ order, colour }: Colouring, member: number): Colouring {
    const child = { order: order.slice(), colour: colour.slice() };
    const first = colour[member] as number;
    for (let i = first; i < order.length; i++) {
      const other = order[i] as number;
      if (colour[other] !== first) break;
      if (other !== member) child.colour[other] = first + 1;
    }
    refine(child, this.#own, this.#links);
    return child;
  }

  /**
   * One member of each class of twins of the first colour that has several classes; undefined where
   * all members of each colour are twins.
   */
  #firstUnlike({ order, colour }: Colouring): readonly number[] | undefined {
    for (let begin = 0; begin < order.length; ) {
      let end = begin + 1;
      const cell = colour[order[begin] as number] as number;
      while (end < order.length && colour[order[end] as number] === cell) end += 1;
      if (end > begin + 1) {
        const classes = this.#classes(order.subarray(begin, end));
        if (classes.length > 1) return classes;
      }
      begin = end;
    }
    return undefined;
  }

  #classes(cell: Int32Array): readonly number[] {
    const classes: number[] = [];
    for (const member of cell) {
      if (!classes.some((other) => this.#areTwins(other, member))) classes.push(member);
    }
    return classes;
  }

  /** Whether exchanging just these two changes nothing. */
  #areTwins(one: number, other: number): boolean {
    if (one === this.#mark || other === this.#mark) return false;
    const swap = this.#swap;
    swap[one] = other;
    swap[other] = one;
    const isSame = (slot: number) => this.#isKept(slot, swap);
    const areTwins =
      (this.#slots.slotsOf[one] as readonly number[]).every(isSame) && this.#naming.every(isSame);
    swap[one] = one;
    swap[other] = other;
    return areTwins;
  }

  #isKept(slot: number, exchange: Exchange): boolean {
    const slots = this.#slots;
    const number = slots.numberAfter(slot, this.#vector[slot] ?? 0, exchange);
    return number === (this.#vector[slots.slotAfter(slot, exchange)] ?? 0);
  }

  #leaf({ order }: Colouring): Canonical {
    const exchange = new Int32Array(order.length);
    for (let place = 0; place < order.length; place++) exchange[order[place] as number] = place;
    return { vector: this.#slots.after(this.#vector, exchange), exchange };
  }
}

/** Less than 0 where the first state is the smaller one, 0 where both are the same. */
export function compare(one: Int32Array, other: Int32Array): number {
  const count = Math.max(one.length, other.length);
  for (let slot = 0; slot < count; slot++) {
    const difference = (one[slot] ?? 0) - (other[slot] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
