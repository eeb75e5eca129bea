import { entryOf, preferred } from '../schedule/entry.ts';
import type { Choice, Parked } from '../schedule/parked.ts';
import type { Chooser, Run, Taken } from '../schedule/run.ts';
import { StateKept } from './state-kept.ts';
import type { Strategy } from './strategy.ts';

interface Node {
  readonly entries: readonly string[];
  readonly offered: string;
  at: number;
}

/**
 * All orders with at most so many preemptions, depth first. A preemption is a step of another task
 * while the one that took the last step could go on.
 * Source: Musuvathi and Qadeer, Iterative context bounding, PLDI 2007.
 */
export class BoundedPreemptions implements Strategy {
  readonly isExhaustive = false;
  readonly #most: number;
  readonly #nodes: Node[] = [];
  #isBegun = false;

  constructor(most: number) {
    this.#most = most;
  }

  next(): Chooser | undefined {
    if (this.#isBegun && !this.#advance()) return undefined;
    this.#isBegun = true;
    let spent = 0;
    return {
      choose: (choices, steps) => {
        const last = steps.at(-1)?.choice.parked;
        const chosen = this.#choose(choices, steps, this.#most - spent, last);
        if (isPreemption(chosen, choices, last)) spent += 1;
        return chosen;
      },
    };
  }

  learn(_run: Run): void {}

  #choose(
    choices: readonly Choice[],
    steps: readonly Taken[],
    left: number,
    last: Parked | undefined,
  ): Choice {
    const byEntry = new Map(choices.map((choice) => [entryOf(choice), choice]));
    const offered = [...byEntry.keys()].join(' ');
    let node = this.#nodes[steps.length];
    if (node === undefined) {
      const first = preferred(choices, last);
      const allowed = choices.filter((each) => left > 0 || !isPreemption(each, choices, last));
      const ordered = [...new Set([...(first === undefined ? [] : [first]), ...allowed])];
      node = { entries: ordered.map(entryOf), offered, at: 0 };
      this.#nodes.push(node);
    } else if (node.offered !== offered) throw new StateKept(steps, node.offered, offered);
    return byEntry.get(node.entries[node.at] as string) as Choice;
  }

  #advance(): boolean {
    for (let node = this.#nodes.at(-1); node !== undefined; node = this.#nodes.at(-1)) {
      node.at += 1;
      if (node.at < node.entries.length) return true;
      this.#nodes.pop();
    }
    return false;
  }
}

/** Whether a step interrupts the task that took the last one. */
export function isPreemption(
  { parked }: Choice,
  choices: readonly Choice[],
  last: Parked | undefined,
): boolean {
  if (last === undefined || parked.task === last.task) return false;
  return choices.some((other) => !other.parked.isOptional && other.parked.task === last.task);
}
