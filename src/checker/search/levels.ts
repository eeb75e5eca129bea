import type { Constraint } from '../properties/constraint.ts';
import type { Machine } from '../transitions/machine.ts';

/**
 * Goes through the stored states again, breadth first. Returns the number of states on the longest
 * of all shortest paths, and how many successors are not stored.
 */
export function measureLevels({
  machine,
  constraint,
}: {
  readonly machine: Machine;
  readonly constraint: Constraint | undefined;
}): { levels: number; beyond: number } {
  const { visited } = machine;
  const queue = new Int32Array(visited.count);
  const met = new Uint8Array(visited.count);
  let end = 0;
  let beyond = 0;
  const meet = (state: number) => {
    if (state < 0) beyond += 1;
    else if (met[state] === 0) {
      met[state] = 1;
      queue[end++] = state;
    }
  };
  for (let state = 0; state < visited.count; state++) {
    if (visited.parent[state] === -1) meet(state);
  }
  let levels = 0;
  for (let begin = 0; begin < end; levels++) {
    const levelEnd = end;
    for (; begin < levelEnd; begin++) {
      const state = queue[begin] as number;
      if (!constraint?.outside.has(state)) forEachSuccessor(machine, state, meet);
    }
  }
  return { levels, beyond };
}

/** Calls `meet` with the number of each successor, -1 for one that is not stored. */
function forEachSuccessor(machine: Machine, state: number, meet: (next: number) => void): void {
  for (let actor = 0; actor < machine.actors.length; actor++) {
    const leaf = machine.leafOf(actor, state);
    const { first, changing, masks } = machine.leaves;
    const last = (first[leaf] as number) + (changing[leaf] as number);
    for (let outcome = first[leaf] as number; outcome < last; outcome++) {
      meet(machine.visited.offer(state, masks, outcome * machine.layout.width, false));
    }
  }
}
