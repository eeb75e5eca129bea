import type { Edges } from '../checker/liveness/edges.ts';
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
  /** Over all pairs of runs, the sum of the squares of how many states only these two visited. */
  readonly pairSquares: number;
}

/** Counts, for each state, how many runs visited it, and remembers the first three of them. */
export class Visits {
  /** The number of states that some run visited. */
  states = 0;
  /** By state: how many runs visited it, up to one more than are remembered. */
  #times = new Uint8Array(256);
  /** By state: the last run that visited it, from 1, until there are too many. */
  #last = new Int32Array(256);
  /** By state: its first runs, 0 where there was none. */
  #runs = new Int32Array(256 * REMEMBERED);

  /** Notes that a run, numbered from 1, is in a state. */
  note(state: number, run: number): void {
    if (state >= this.#times.length) this.#widen(2 * state);
    const times = this.#times[state] as number;
    // Most steps lead to such a state, so nothing else is looked at.
    if (times > REMEMBERED || this.#last[state] === run) return;
    this.#last[state] = run;
    this.#times[state] = times + 1;
    if (times === 0) this.states += 1;
    if (times < REMEMBERED) this.#runs[state * REMEMBERED + times] = run;
  }

  /** Goes through all states. */
  tally(): Tally {
    const byRun = new Map<number, [number, number, number]>();
    const byPair = new Map<string, number>();
    const totals = [0, 0, 0];
    for (const [state, times] of this.#times.entries()) {
      if (times === 0 || times > REMEMBERED) continue;
      totals[times - 1] = (totals[times - 1] ?? 0) + 1;
      const first = state * REMEMBERED;
      const runs = this.#runs.subarray(first, first + times);
      if (times === 2) {
        const pair = runs.slice().sort().join(' ');
        byPair.set(pair, (byPair.get(pair) ?? 0) + 1);
      }
      for (const run of runs) {
        const counts = byRun.get(run) ?? [0, 0, 0];
        counts[times - 1] = (counts[times - 1] ?? 0) + 1;
        byRun.set(run, counts);
      }
    }
    const [once = 0, twice = 0] = totals;
    const pairSquares = [...byPair.values()].reduce((sum, count) => sum + count ** 2, 0);
    return { states: this.states, once, twice, byRun, pairSquares };
  }

  /**
   * The same for states that a run saw: those that it visited, and successors of them, which were
   * judged. `edges` leave the visited states.
   */
  withSuccessors({ begin, end, target }: Pick<Edges, 'begin' | 'end' | 'target'>): Visits {
    const all = new Visits();
    all.states = this.states;
    all.#times = this.#times.slice();
    all.#last = new Int32Array(this.#times.length);
    all.#runs = this.#runs.slice();
    for (const [state, times] of this.#times.entries()) {
      if (times === 0) continue;
      const first = state * REMEMBERED;
      const runs = this.#runs.subarray(first, first + Math.min(times, REMEMBERED));
      for (let edge = begin[state] ?? 0; edge < (end[state] ?? 0); edge++) {
        all.#see(target[edge] as number, runs, times > REMEMBERED);
      }
    }
    return all;
  }

  /** Adds runs to those of a state. More runs than are remembered are too many to be told apart. */
  #see(state: number, runs: Int32Array, areTooMany: boolean): void {
    if (state >= this.#times.length) this.#widen(2 * state);
    let times = this.#times[state] as number;
    if (times === 0) this.states += 1;
    const first = state * REMEMBERED;
    for (const run of runs) {
      if (times > REMEMBERED) break;
      if (this.#runs.subarray(first, first + times).includes(run)) continue;
      if (times < REMEMBERED) this.#runs[first + times] = run;
      times += 1;
    }
    this.#times[state] = areTooMany ? REMEMBERED + 1 : times;
  }

  #widen(capacity: number): void {
    this.#last = widened(this.#last, capacity);
    this.#runs = widened(this.#runs, capacity * REMEMBERED);
    const times = new Uint8Array(capacity);
    times.set(this.#times);
    this.#times = times;
  }
}
