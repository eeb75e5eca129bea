import type { Choice } from '../schedule/parked.ts';
import type { Chooser, Run } from '../schedule/run.ts';
import type { Strategy } from './strategy.ts';

/** Numbers from 0 to 1, the same for the same seed. Source: mulberry32, Tommy Ettinger, 2017. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many schedules, each step of which is drawn from all that are possible there. */
export class RandomOrders implements Strategy {
  readonly isExhaustive = false;
  readonly #random: () => number;
  #left: number;

  constructor(schedules: number, seed: number) {
    this.#left = schedules;
    this.#random = randomNumbers(seed);
  }

  next(): Chooser | undefined {
    if (this.#left === 0) return undefined;
    this.#left -= 1;
    return { choose: (choices) => choices[Math.floor(this.#random() * choices.length)] };
  }

  learn(_run: Run): void {}
}

/**
 * So many schedules, in each of which tasks have random priorities that change at `depth - 1`
 * random steps. A schedule finds a bug that needs `depth` ordered steps with a probability of at
 * least 1 / (n · k^(depth − 1)), for n tasks and k steps.
 * Source: Burckhardt, Kothari, Musuvathi and Nagarakatte, A randomized scheduler with probabilistic
 * guarantees of finding bugs, ASPLOS 2010.
 */
export class PriorityOrders implements Strategy {
  readonly isExhaustive = false;
  readonly #random: () => number;
  readonly #depth: number;
  /** The largest number of steps of a schedule so far. */
  #longest = 1;
  #left: number;

  constructor(schedules: number, seed: number, depth: number) {
    this.#left = schedules;
    this.#depth = depth;
    this.#random = randomNumbers(seed);
  }

  next(): Chooser | undefined {
    if (this.#left === 0) return undefined;
    this.#left -= 1;
    const priorities = new Map<string, number>();
    const changes = new Map<number, number>();
    for (let i = 1; i < this.#depth; i++) {
      changes.set(Math.floor(this.#random() * this.#longest), -i);
    }
    const priorityOf = (choice: Choice): number => {
      const task = String(choice.parked.task ?? '');
      const known = priorities.get(task) ?? this.#random();
      priorities.set(task, known);
      return known;
    };
    return {
      choose: (choices, steps) => {
        const lower = changes.get(steps.length);
        if (lower !== undefined) {
          const { parked } = highest(choices, priorityOf);
          priorities.set(String(parked.task ?? ''), lower);
        }
        const { parked } = highest(choices, priorityOf);
        const variants = choices.filter((choice) => choice.parked === parked);
        return variants[Math.floor(this.#random() * variants.length)];
      },
    };
  }

  learn({ steps }: Run): void {
    this.#longest = Math.max(this.#longest, steps.length);
  }
}

function highest(choices: readonly Choice[], priorityOf: (choice: Choice) => number): Choice {
  return choices.reduce((best, each) => (priorityOf(each) > priorityOf(best) ? each : best));
}
