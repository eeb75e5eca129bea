import { widened } from '../checker/state/layout.ts';

/** The first runs that are remembered of each state. */
const REMEMBERED = 3;

/** How many states were visited by exactly one, two and three runs. */
export interface Tally {
  readonly states: number;
  readonly once: number;
  readonly twice: number;
  /**
   * By run, from 1: how many of its states no other run visited, how many exactly one other, and
   * how many exactly two others.
   */
  readonly byRun: ReadonlyMap<number, readonly [alone: number, two: number, three: number]>;
}

/** Counts, for each state, how many runs visited it, and remembers the first three of them. */
export class Visits {
  /** The number of states that some run visited. */
  states = 0;
  /** By state: the last run that visited it, from 1. */
  #last = new Int32Array(256);
  /** By state: its first runs, 0 where there was none; a fourth place tells of any more. */
  #runs = new Int32Array(256 * (REMEMBERED + 1));

  /** Notes that a run, numbered from 1, is in a state. */
  note(state: number, run: number): void {
    if (state >= this.#last.length) this.#widen(2 * state);
    if (this.#last[state] === run) return;
    if (this.#last[state] === 0) this.states += 1;
    this.#last[state] = run;
    const first = state * (REMEMBERED + 1);
    const runs = this.#runs;
    if (runs[first + REMEMBERED] !== 0) return;
    let place = first;
    while (runs[place] !== 0) place += 1;
    runs[place] = run;
  }

  /** Goes through all states. */
  tally(): Tally {
    const byRun = new Map<number, [number, number, number]>();
    const totals = [0, 0, 0];
    for (let state = 0; state < this.#last.length; state++) {
      const first = state * (REMEMBERED + 1);
      const runs = this.#runs.subarray(first, first + REMEMBERED + 1);
      const end = runs.indexOf(0);
      // 0 for a state without runs, and -1 for one with more than are remembered.
      if (end <= 0) continue;
      totals[end - 1] = (totals[end - 1] ?? 0) + 1;
      for (const run of runs.subarray(0, end)) {
        const counts = byRun.get(run) ?? [0, 0, 0];
        counts[end - 1] = (counts[end - 1] ?? 0) + 1;
        byRun.set(run, counts);
      }
    }
    const [once = 0, twice = 0] = totals;
    return { states: this.states, once, twice, byRun };
  }

  #widen(capacity: number): void {
    this.#last = widened(this.#last, capacity);
    this.#runs = widened(this.#runs, capacity * (REMEMBERED + 1));
  }
}
