import type { Machine } from '../transitions/machine.ts';
import type { Bits } from './bits.ts';
import { someOwnStep, UNKNOWN } from './steps.ts';

const PAUSE = 64;
const CLOSED = -1;

/** A state on the path of the depth-first search. */
interface Frame {
  readonly place: number;
  /** The range of its successors in the list of successors, and the next one. */
  readonly begin: number;
  next: number;
  readonly end: number;
}

/**
 * Searches depth first, once each, the states that are not known to be good. When it meets a good
 * state, all pending states are good, because each of them leads there. A component that closes
 * without meeting one is bad. Source of the bookkeeping: Tarjan, Depth-first search and linear
 * graph algorithms (1972).
 */
export class Region {
  /** True once some step led to a state that the search did not visit. */
  isOpen = false;
  readonly #machine: Machine;
  readonly #good: Bits;
  readonly #avoided: ReadonlySet<number>;
  /** The states to search, in the order of their numbers. `place` means an index into this list. */
  readonly #states: Int32Array;
  /** By place: 0 before the visit, the number in the order of visits while pending, then CLOSED. */
  readonly #visit: Int32Array;
  readonly #low: Int32Array;
  readonly #pending: number[] = [];
  readonly #frames: Frame[] = [];
  readonly #successors: number[] = [];
  #visits = 0;

  /** Takes those of the first `count` states that are neither good nor avoided. */
  constructor(machine: Machine, good: Bits, count: number, avoided: ReadonlySet<number>) {
    this.#machine = machine;
    this.#good = good;
    this.#avoided = avoided;
    const isTaken = (state: number) => !good.has(state) && !avoided.has(state);
    let left = 0;
    for (let state = 0; state < count; state++) if (isTaken(state)) left += 1;
    this.#states = new Int32Array(left);
    let place = 0;
    for (let state = 0; state < count; state++) {
      if (isTaken(state)) this.#states[place++] = state;
    }
    this.#visit = new Int32Array(left);
    this.#low = new Int32Array(left);
  }

  /** The first state from which no good one can be reached; undefined when there is none. */
  *firstClosed(): Generator<void, number | undefined> {
    for (let place = 0; place < this.#states.length; place++) {
      const state = this.#states[place] as number;
      if (this.#good.has(state)) continue;
      yield* this.#searchFrom(place);
      // All states before it have turned out to be good.
      if (!this.#good.has(state)) return state;
    }
    return undefined;
  }

  *#searchFrom(start: number): Generator<void> {
    if (this.#visit[start] === 0) this.#enter(start);
    while (this.#frames.length > 0) {
      const frame = this.#frames.at(-1) as Frame;
      if (frame.next === frame.end) this.#leave(frame);
      else this.#follow(frame);
      if (this.#visits % PAUSE === 0) yield;
    }
  }

  /** Looks at the next successor of a state. */
  #follow(frame: Frame): void {
    const place = this.#successors[frame.next] as number;
    frame.next += 1;
    const visit = this.#visit[place] as number;
    if (this.#good.has(this.#states[place] as number)) this.#rescue();
    else if (visit === 0) this.#enter(place);
    else if (visit !== CLOSED) this.#lower(frame.place, visit);
  }

  #enter(place: number): void {
    this.#visits += 1;
    this.#visit[place] = this.#visits;
    this.#low[place] = this.#visits;
    this.#pending.push(place);
    const begin = this.#successors.length;
    const meetsGood = someOwnStep(this.#machine, this.#states[place] as number, (next) => {
      if (this.#avoided.has(next)) return false;
      if (next === UNKNOWN) this.isOpen = true;
      if (next === UNKNOWN || this.#good.has(next)) return true;
      this.#successors.push(this.#placeOf(next));
      return false;
    });
    this.#frames.push({ place, begin, next: begin, end: this.#successors.length });
    if (meetsGood) this.#rescue();
  }

  /** Marks all pending states as good, because each of them leads to the good state just met. */
  #rescue(): void {
    for (const place of this.#pending) this.#good.add(this.#states[place] as number);
    this.#pending.length = 0;
    this.#frames.length = 0;
    this.#successors.length = 0;
  }

  #leave({ place, begin }: Frame): void {
    this.#frames.pop();
    this.#successors.length = begin;
    const low = this.#low[place] as number;
    if (low === this.#visit[place]) this.#close(place);
    const above = this.#frames.at(-1);
    if (above !== undefined && this.#visit[place] !== CLOSED) this.#lower(above.place, low);
  }

  /** Closes the component whose first visited state this is. */
  #close(first: number): void {
    for (;;) {
      const place = this.#pending.pop() as number;
      this.#visit[place] = CLOSED;
      if (place === first) return;
    }
  }

  #lower(place: number, visit: number): void {
    if (visit < (this.#low[place] as number)) this.#low[place] = visit;
  }

  #placeOf(state: number): number {
    let [low, high] = [0, this.#states.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#states[middle] as number) < state) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
