import type { Layout } from '../state/layout.ts';
import { FAULTS } from '../state/slots.ts';
import type { Machine } from '../transitions/machine.ts';

/** A successor that is not stored. */
export const UNKNOWN = -1;

/**
 * Calls `meet` for each state to which a step that is no fault leads, and with UNKNOWN for one that
 * is not stored, until `meet` returns true. Leaves out steps that change nothing. Returns whether
 * `meet` returned true.
 */
export function someOwnStep(
  machine: Machine,
  state: number,
  meet: (next: number) => boolean,
): boolean {
  for (let actor = 0; actor < machine.actors.length; actor++) {
    if (machine.isFault[actor]) continue;
    // An evaluation may change the layout of the states, so everything is looked up after it.
    const leaf = machine.leafOf(actor, state);
    const { leaves, visited, layout } = machine;
    const first = leaves.first[leaf] as number;
    const last = first + (leaves.changing[leaf] as number);
    for (let outcome = first; outcome < last; outcome++) {
      if (meet(visited.offer(state, leaves.masks, outcome * layout.width, false))) return true;
    }
  }
  return false;
}

/** Tells whether a fault led to a state: then its budgets differ from those of its parent. */
export class FoundByFault {
  readonly #machine: Machine;
  readonly #hasBudgets: boolean;
  /** True if a fault has no budget and so leaves no trace in the state. */
  readonly #isUntold: boolean;
  #layout: Layout | undefined;
  #masks: readonly (readonly [word: number, mask: number])[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
    const faults = machine.actors.filter(({ kind }) => kind === 'fault');
    this.#hasBudgets = faults.length > 0;
    this.#isUntold = faults.some((actor) => actor.kind === 'fault' && actor.budget === undefined);
  }

  /** Can also return true where a fault without a budget could have led there but did not. */
  mayBe(parent: number, state: number): boolean {
    if (!this.#hasBudgets) return false;
    if (this.#isUntold) return true;
    if (this.#layout !== this.#machine.layout) this.#findMasks();
    const { visited, layout } = this.#machine;
    const { words } = visited;
    const [before, after] = [parent * layout.width, state * layout.width];
    return this.#masks.some(
      ([word, mask]) =>
        (((words[before + word] as number) ^ (words[after + word] as number)) & mask) !== 0,
    );
  }

  #findMasks(): void {
    const { layout, slots } = this.#machine;
    this.#layout = layout;
    const budgets = [...(slots.fields.get(FAULTS)?.slots.values() ?? [])];
    this.#masks = budgets.map((slot) => {
      const mask = (layout.mask[slot] as number) << (layout.shift[slot] as number);
      return [layout.word[slot] as number, mask] as const;
    });
  }
}
