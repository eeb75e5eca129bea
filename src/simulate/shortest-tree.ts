import type { KnownGraph } from './known-graph.ts';

/** Makes the predecessor of each state one on a shortest way within the known graph. */
export function shortestTree({ machine, edges, initial }: KnownGraph): void {
  const { visited } = machine;
  const isMet = new Uint8Array(visited.count);
  const queue = new Int32Array(visited.count);
  let count = 0;
  for (const state of initial) {
    isMet[state] = 1;
    queue[count++] = state;
  }
  const { begin, end, target } = edges;
  for (let head = 0; head < count; head++) {
    const state = queue[head] as number;
    if (!edges.isExpanded(state)) continue;
    for (let edge = begin[state] as number; edge < (end[state] as number); edge++) {
      const to = target[edge] as number;
      if (isMet[to] === 1) continue;
      isMet[to] = 1;
      visited.parent[to] = state;
      queue[count++] = to;
    }
  }
}
