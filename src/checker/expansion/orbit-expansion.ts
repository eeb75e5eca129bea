import type { Evaluated } from '../evaluate/evaluated.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import type { Verification } from '../symmetry/verification.ts';
import type { Around, Expansion } from './expansion.ts';

/**
 * Looks at every actor in every state, and stores the canonical state of each successor. Leaves out
 * states outside of a constraint. Each state is compared with exchanged ones first.
 */
export class OrbitExpansion implements Expansion {
  readonly bytes = 0;
  readonly #around: Around;
  readonly #symmetry: Symmetry;
  readonly #verification: Verification;

  constructor(around: Around, verification: Verification) {
    this.#around = around;
    this.#symmetry = verification.symmetry;
    this.#verification = verification;
  }

  expand(state: number): void {
    const { machine, frontier, stepChecker, ends, counts, constraint } = this.#around;
    const isOutside = constraint?.excludes(state, machine.visited.count) === true;
    const vector = this.#symmetry.store.vectorOf(state);
    const again = frontier.isRepeat(state);
    if (!again) this.#verification.judge(state, vector, !isOutside);
    if (isOutside) return;
    let generated = 0;
    // The number of steps, and of steps that change the state, without faults.
    let ownSteps = 0;
    let ownMoves = 0;
    // Actors that appear meanwhile do not exist in this state.
    const actors = machine.actors.length;
    for (let actor = 0; actor < actors; actor++) {
      const leaf = machine.leafOf(actor, state);
      const evaluated = machine.leaves.evaluated[leaf] as Evaluated;
      const steps = evaluated.outcomes.length;
      if (steps === 0) continue;
      const changing = machine.leaves.changing[leaf] as number;
      generated += steps;
      if (machine.isFault[actor] !== true) {
        ownSteps += steps;
        ownMoves += changing;
      }
      stepChecker?.judge(state, actor, leaf);
      if (changing > 0) this.#follow(state, vector, evaluated);
    }
    if (again) return;
    counts.generated += generated;
    if (ownMoves === 0) ends.judge(state, ownSteps === 0);
  }

  #follow(state: number, vector: Int32Array, { outcomes }: Evaluated): void {
    const { machine, frontier, stateChecker, statesMax, cutOff } = this.#around;
    for (const { writes } of outcomes) {
      if (writes.length === 0) continue;
      const successor = new Int32Array(machine.slots.count);
      successor.set(vector);
      for (let i = 0; i < writes.length; i += 2) {
        successor[writes[i] as number] = writes[i + 1] as number;
      }
      const known = machine.visited.count;
      const mayStore = frontier.mayGrow && known < statesMax;
      const next = this.#symmetry.offer(state, successor, mayStore);
      if (next === known) {
        frontier.found(next, state);
        // Exchanges may have changed any slot, so every property is asked.
        stateChecker.judgeInitial(next);
      } else if (next < 0) cutOff();
      else frontier.revisited(next, state, machine.visited);
    }
  }
}
