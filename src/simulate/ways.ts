import type { KnownGraph } from './known-graph.ts';

/** A run: an initial state, and the edges that follow. */
export interface Way {
  readonly start: number;
  readonly edges: readonly number[];
}

/** How far a breadth-first search may go. */
export interface Bounds {
  /** Finds only ways with fewer edges. */
  readonly below: number;
  /** The largest number of states to look at. */
  readonly statesMax: number;
}

/** A way, and whether the search has shown that none has fewer edges. */
export interface Nearest {
  readonly way: Way | undefined;
  /** True if every shorter way was looked at. */
  readonly isComplete: boolean;
}

/**
 * The shortest way from one of these states to one in which `isMet` is true, with fewer than
 * `below` edges. Expands states as it needs them. Throws a SpecError when the model is broken.
 */
export function nearest(
  graph: KnownGraph,
  from: readonly number[],
  isMet: (state: number, depth: number) => boolean,
  { below, statesMax }: Bounds,
): Nearest {
  const tree: Tree = { by: new Map(from.map((state) => [state, -1])), before: new Map() };
  let level = from;
  for (let depth = 0; level.length > 0 && depth < below; depth++) {
    const met = level.find((state) => isMet(state, depth));
    if (met !== undefined) return { way: wayTo(met, tree), isComplete: true };
    if (depth === below - 1) break;
    const next = nextLevel(graph, level, tree, statesMax);
    if (next === undefined) return { way: undefined, isComplete: false };
    level = next;
  }
  return { way: undefined, isComplete: true };
}

/** By state, the edge by which it was reached, -1 for a first one, and the state before. */
interface Tree {
  readonly by: Map<number, number>;
  readonly before: Map<number, number>;
}

/** The new successors of these states; undefined where there are too many states. */
function nextLevel(
  graph: KnownGraph,
  level: readonly number[],
  { by, before }: Tree,
  statesMax: number,
): readonly number[] | undefined {
  const next: number[] = [];
  for (const state of level) {
    if (by.size > statesMax) return undefined;
    graph.expand(state);
    const { begin, end, target } = graph.edges;
    for (let edge = begin[state] as number; edge < (end[state] as number); edge++) {
      const to = target[edge] as number;
      if (by.has(to)) continue;
      by.set(to, edge);
      before.set(to, state);
      next.push(to);
    }
  }
  return next;
}

function wayTo(met: number, { by, before }: Tree): Way {
  const edges: number[] = [];
  let state = met;
  for (let edge = by.get(state) as number; edge >= 0; edge = by.get(state) as number) {
    edges.push(edge);
    state = before.get(state) as number;
  }
  return { start: state, edges: edges.reverse() };
}

/** The states of a way, in order. */
export function statesOf({ edges }: KnownGraph, way: Way): readonly number[] {
  return [way.start, ...way.edges.map((edge) => edges.target[edge] as number)];
}

/** The last state of a way. */
export function lastOf({ edges }: KnownGraph, way: Way): number {
  const last = way.edges.at(-1);
  return last === undefined ? way.start : (edges.target[last] as number);
}

/**
 * The way that takes these actions in order, up to the first state in which `isMet` is true;
 * undefined where an action is not enabled or no such state is met. Takes the number of its steps
 * from `tries.left`.
 */
export function followed(
  graph: KnownGraph,
  start: number,
  actions: readonly number[],
  isMet: (state: number) => boolean,
  tries: { left: number },
): Way | undefined {
  const edges: number[] = [];
  let state = start;
  for (const wanted of actions) {
    if (isMet(state)) break;
    tries.left -= 1;
    graph.expand(state);
    const { begin, end, action, target } = graph.edges;
    let edge = begin[state] as number;
    while (edge < (end[state] as number) && action[edge] !== wanted) edge += 1;
    if (edge === end[state]) return undefined;
    edges.push(edge);
    state = target[edge] as number;
  }
  return isMet(state) ? { start, edges } : undefined;
}
