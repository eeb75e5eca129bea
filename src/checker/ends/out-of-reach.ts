import type { Machine } from '../transitions/machine.ts';
import { Bits } from './bits.ts';
import { Region } from './region.ts';
import { FoundByFault, someOwnStep, UNKNOWN } from './steps.ts';

/** States between two pauses. */
const PAUSE = 64;

/** What is asked of the states that a search has stored. */
export interface Asked {
  readonly machine: Machine;
  /** May a run end in this state? */
  readonly isEnd: (state: number) => boolean;
  /** The system says itself where a run may end; otherwise it may be one that has no end. */
  readonly isStated: boolean;
  /** The states have their numbers level by level. */
  readonly inLevels: boolean;
  /**
   * States that were stored, but not expanded: whether an end can be reached from them is not
   * known.
   */
  readonly waiting: Iterable<number>;
}

/** What is known of the states that a search has stored. */
export interface Reach {
  /**
   * The state with the lowest number from which no end can be reached without a fault, whatever was
   * not visited: all that can follow it was. Undefined when there is none.
   */
  readonly outOfReach: number | undefined;
  /** Some state was only found to lead to where the search has not been. */
  readonly isOpen: boolean;
  /** There is an end among the states. Where there is none nothing else was looked at. */
  readonly hasEnds: boolean;
}

/**
 * From which states an end can be reached without a further fault. No steps are stored: they are
 * looked up once more, for those states only of which the tree of the search does not tell it by
 * itself. Pauses now and then, so that whoever asks stays responsive.
 */
export class OutOfReach {
  readonly #asked: Asked;
  readonly #count: number;
  /** States from which an end, or what was not visited, is known to be reachable. */
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
   * First the ends, and whatever lies before them in the tree of the search. Then, after a search
   * breadth first, from the last state to the first the states of which some step leads to one that
   * is good: most steps lead to later states, so that few are left. Of those that are left each is
   * visited once more, by `Region`.
   */
  *run(): Generator<void, Reach> {
    const { machine, isEnd, isStated, inLevels, waiting } = this.#asked;
    const good = this.#good;
    for (const state of waiting) {
      good.add(state);
      this.#isOpen = true;
    }
    let hasEnds = false;
    yield* this.#backwards((state) => {
      const answer = isEnd(state);
      hasEnds ||= answer;
      return answer;
    });
    if (!hasEnds && !isStated) return { outOfReach: undefined, isOpen: this.#isOpen, hasEnds };
    const leadsOn = (next: number): boolean => {
      if (next === UNKNOWN) this.#isOpen = true;
      return next === UNKNOWN || good.has(next);
    };
    if (inLevels) yield* this.#backwards((state) => someOwnStep(machine, state, leadsOn));
    const region = new Region(machine, good, this.#count);
    const outOfReach = yield* region.firstClosed();
    return { outOfReach, isOpen: this.#isOpen || region.isOpen, hasEnds };
  }

  /**
   * Goes through the states from the last to the first, and marks those that are good and what lies
   * before them.
   */
  *#backwards(isGood: (state: number) => boolean): Generator<void> {
    const good = this.#good;
    const { parent } = this.#asked.machine.visited;
    for (let state = this.#count - 1; state >= 0; state--) {
      if (state % PAUSE === 0) yield;
      if (!good.has(state) && !isGood(state)) continue;
      good.add(state);
      const before = parent[state] as number;
      if (before >= 0 && !this.#foundByFault.mayBe(before, state)) good.add(before);
    }
  }
}
