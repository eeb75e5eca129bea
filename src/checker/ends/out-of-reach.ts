import type { Machine } from '../transitions/machine.ts';
import { Bits } from './bits.ts';
import { Region } from './region.ts';
import { FoundByFault, someOwnStep, UNKNOWN } from './steps.ts';

const none: ReadonlySet<number> = new Set();

/** The number of states between two pauses. */
const PAUSE = 64;

/** The question about the states that a search has stored. */
export interface Asked {
  readonly machine: Machine;
  /** True if a run may end in this state. */
  readonly isEnd: (state: number) => boolean;
  /** True if the system defines its ends. Otherwise it may have none. */
  readonly isStated: boolean;
  /** True if the states are numbered level by level. */
  readonly inLevels: boolean;
  /** States that are stored but not expanded. Whether an end is reachable from them is unknown. */
  readonly waiting: Iterable<number>;
  /** States outside of the constraint that are no ends. They were not expanded. */
  readonly outside: ReadonlySet<number>;
  /** True if a way into one of those is as good as a way to an end; false if it is no way. */
  readonly leadsOutside: boolean;
}

/** The answer about the states that a search has stored. */
export interface Reach {
  /**
   * The lowest state from which no end can be reached without a fault, with everything that can
   * follow it visited; undefined when there is none.
   */
  readonly outOfReach: number | undefined;
  /** True if from some state the search knows only ways into states that it did not visit. */
  readonly isOpen: boolean;
  /** True if some state is an end. Otherwise nothing else was looked at. */
  readonly hasEnds: boolean;
}

/**
 * Finds the states from which an end can be reached without a further fault. It stores no steps. It
 * looks them up again, and only for states that the tree of the search does not decide. It pauses
 * now and then, so that its caller stays responsive.
 */
export class OutOfReach {
  readonly #asked: Asked;
  readonly #count: number;
  /** States from which an end, or an unvisited state, is known to be reachable. */
  readonly #good: Bits;
  readonly #foundByFault: FoundByFault;
  #isOpen = false;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#count = asked.machine.visited.count;
    this.#good = new Bits(this.#count);
    this.#foundByFault = new FoundByFault(asked.machine);
  }

  /**
   * First marks the ends, and the states before them in the tree of the search. After a
   * breadth-first search most steps lead to later states, so a pass from the last state to the
   * first marks nearly all others. `Region` visits each of the rest once.
   */
  *run(): Generator<void, Reach> {
    const { machine, isEnd, isStated, inLevels, waiting, outside, leadsOutside } = this.#asked;
    const good = this.#good;
    for (const state of waiting) {
      good.add(state);
      this.#isOpen = true;
    }
    if (leadsOutside) for (const state of outside) good.add(state);
    const avoided = leadsOutside ? none : outside;
    let hasEnds = false;
    yield* this.#backwards(avoided, (state) => {
      const answer = isEnd(state);
      hasEnds ||= answer;
      return answer;
    });
    // A state that leads outside was not asked whether it is an end.
    if (!hasEnds && !isStated && outside.size > 0) hasEnds = yield* this.#someEnd();
    if (!hasEnds && !isStated) return { outOfReach: undefined, isOpen: this.#isOpen, hasEnds };
    const leadsOn = (next: number): boolean => {
      if (next === UNKNOWN) this.#isOpen = true;
      return next === UNKNOWN || good.has(next);
    };
    if (inLevels) yield* this.#backwards(avoided, (state) => someOwnStep(machine, state, leadsOn));
    const region = new Region(machine, good, this.#count, avoided);
    const outOfReach = yield* region.firstClosed();
    return { outOfReach, isOpen: this.#isOpen || region.isOpen, hasEnds };
  }

  *#someEnd(): Generator<void, boolean> {
    for (let state = 0; state < this.#count; state++) {
      if (state % PAUSE === 0) yield;
      if (this.#asked.isEnd(state)) return true;
    }
    return false;
  }

  /**
   * Goes through the states from the last to the first, and marks the good ones and their ancestors
   * in the tree. Leaves out the avoided ones.
   */
  *#backwards(avoided: ReadonlySet<number>, isGood: (state: number) => boolean): Generator<void> {
    const good = this.#good;
    const { parent } = this.#asked.machine.visited;
    for (let state = this.#count - 1; state >= 0; state--) {
      if (state % PAUSE === 0) yield;
      if (avoided.has(state) || (!good.has(state) && !isGood(state))) continue;
      good.add(state);
      const before = parent[state] as number;
      if (before >= 0 && !this.#foundByFault.mayBe(before, state)) good.add(before);
    }
  }
}
