import type { Machine } from './machine.ts';

/**
 * Walks once more, breadth first, through the states that are stored: how many lie on the longest shortest
 * path from an initial state, and how many successors are not stored.
 */
export function measureLevels(machine: Machine): { levels: number; beyond: number } {
  const { visited } = machine;
  const queue = new Int32Array(visited.count);
  const met = new Uint8Array(visited.count);
  let end = 0;
  for (let state = 0; state < visited.count; state++) {
    if (visited.parent[state] !== -1) continue;
    met[state] = 1;
    queue[end++] = state;
  }
  let levels = 0;
  let beyond = 0;
  for (let begin = 0; begin < end; levels++) {
    const levelEnd = end;
    for (; begin < levelEnd; begin++) {
      const state = queue[begin] as number;
      machine.expand(state);
      for (let actor = 0; actor < machine.actors.length; actor++) {
        const { first, changing, masks } = machine.leaves;
        const leaf = machine.pending[actor] as number;
        const last = (first[leaf] as number) + (changing[leaf] as number);
        for (let outcome = first[leaf] as number; outcome < last; outcome++) {
          const next = visited.offer(state, masks, outcome * machine.layout.width, false);
          if (next < 0) beyond += 1;
          if (next < 0 || met[next] === 1) continue;
          met[next] = 1;
          queue[end++] = next;
        }
      }
    }
  }
  return { levels, beyond };
}
