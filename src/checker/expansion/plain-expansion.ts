import type { Around, Expansion } from './expansion.ts';

/** Looks at every actor in every state, and looks up every successor. */
export class PlainExpansion implements Expansion {
  readonly bytes = 0;
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  expand(state: number): void {
    const { machine, frontier, liveness, stepChecker, ends, counts } = this.#around;
    const again = frontier.isRepeat(state);
    liveness?.edges.from(state);
    let generated = 0;
    // The number of steps, and of steps that change the state, without faults.
    let ownSteps = 0;
    let ownMoves = 0;
    // Actors that appear meanwhile do not exist in this state, so they have no step in it.
    for (let actor = 0; actor < machine.actors.length; actor++) {
      const leaf = machine.leafOf(actor, state);
      const { leaves } = machine;
      const changing = leaves.changing[leaf] as number;
      const steps = changing + (leaves.idle[leaf] as number);
      if (steps === 0) continue;
      generated += steps;
      if (!machine.isFault[actor]) {
        ownSteps += steps;
        ownMoves += changing;
      }
      stepChecker?.judge(state, actor, leaf);
      if (changing > 0) this.#follow(state, actor, leaf);
    }
    liveness?.edges.done();
    // Depth-first search expands a state again when it finds a shorter way there. It was counted
    // before.
    if (again) return;
    counts.generated += generated;
    if (ownMoves === 0) ends.judge(state, ownSteps === 0);
  }

  #follow(state: number, actor: number, leaf: number): void {
    const { machine, frontier, stateChecker, liveness, statesMax, cutOff } = this.#around;
    const { leaves, visited, layout } = machine;
    const first = leaves.first[leaf] as number;
    const last = first + (leaves.changing[leaf] as number);
    for (let outcome = first; outcome < last; outcome++) {
      const known = visited.count;
      const mayStore = frontier.mayGrow && known < statesMax;
      const next = visited.offer(state, leaves.masks, outcome * layout.width, mayStore);
      if (next === known) {
        frontier.found(next, state);
        stateChecker.judge(next, outcome);
      } else if (next < 0) cutOff();
      else frontier.revisited(next, state, visited);
      liveness?.record(next, state, actor, leaf, outcome);
    }
  }
}
