import type { AgainAndAgain, Part } from './components.ts';
import type { Edges } from './edges.ts';
import type { FairGraph } from './fair-states.ts';

const BITS = 31;

/**
 * An infinite run: edges to a state, then edges that lead back to it. The loop is empty if the run
 * stays there.
 */
export interface Lasso {
  readonly start: number;
  readonly stem: readonly number[];
  readonly loop: readonly number[];
}

/** A state or an edge that the loop has to meet. */
type Goal =
  | { readonly state: (state: number) => boolean }
  | { readonly edge: (edge: number) => boolean };

/**
 * A short loop through `start` within its fair component. It keeps every fairness condition and
 * meets what is `wanted`. It is empty when the run may stay at `start`.
 *
 * The search begins with the shortest loop, and adds a goal only when a condition fails, so that
 * the loop does not wander through a whole component.
 */
export function loopFrom(
  graph: FairGraph,
  part: Part,
  fair: Int32Array,
  start: number,
  { visits, takes }: AgainAndAgain = {},
): readonly number[] {
  const walk = new ComponentWalk(graph.edges, part, fair);
  const goals: Goal[] = [];
  const marked = (state: number) => visits === undefined || visits[state] === 1;
  if (takes !== undefined) goals.push({ edge: (edge) => takes[edge] === 1 });
  if (takes === undefined && marked(start) && demands(graph, start, []) === undefined) return [];
  for (;;) {
    const loop = walk.loop(start, goals);
    const states = [start, ...loop.map((edge) => graph.edges.target[edge] as number)];
    if (!states.some(marked)) {
      goals.push({ state: marked });
      continue;
    }
    const goal = demands(graph, start, loop);
    if (goal === undefined) return loop;
    goals.push(goal);
  }
}

/** The next goal of the loop; undefined when the loop fulfils everything. */
function demands(graph: FairGraph, start: number, loop: readonly number[]): Goal | undefined {
  const { edges, conditions } = graph;
  const states = [start, ...loop.map((edge) => edges.target[edge] as number)];
  for (const [i, { kind }] of conditions.entries()) {
    const word = Math.floor(i / BITS);
    const bit = 1 << (i % BITS);
    const isStep = (edge: number) =>
      ((graph.actionBits[(edges.action[edge] as number) * graph.width + word] as number) & bit) !==
      0;
    if (loop.some(isStep)) continue;
    const isDisabled = (state: number) => (graph.enabled(state, word) & bit) === 0;
    if (kind === 'strong') {
      if (!states.every(isDisabled)) return { edge: isStep };
    } else if (!states.some(isDisabled)) {
      // A step of the condition will do, or a state in which it is disabled. A fair component has
      // one of them.
      return { state: isDisabled, edge: isStep };
    }
  }
  return undefined;
}

/** Finds shortest paths within one fair component. */
class ComponentWalk {
  readonly #edges: Edges;
  readonly #part: Part;
  readonly #fair: Int32Array;

  constructor(edges: Edges, part: Part, fair: Int32Array) {
    this.#edges = edges;
    this.#part = part;
    this.#fair = fair;
  }

  /** The edges from `start` past every goal, nearest first, and back. */
  loop(start: number, goals: readonly Goal[]): readonly number[] {
    const loop: number[] = [];
    let at = start;
    for (const goal of goals) {
      if (loop.some((edge) => this.#meets(goal, edge))) continue;
      if ('state' in goal && goal.state(start)) continue;
      const path = this.#path(at, (edge) => this.#meets(goal, edge));
      // One by one, because a path may have more edges than a call may have arguments.
      for (const edge of path) loop.push(edge);
      at = this.#edges.target[path.at(-1) as number] as number;
    }
    if (at === start && loop.length > 0) return loop;
    return [...loop, ...this.#path(at, (edge) => this.#edges.target[edge] === start)];
  }

  #meets(goal: Goal, edge: number): boolean {
    if ('edge' in goal && goal.edge(edge)) return true;
    return 'state' in goal && goal.state(this.#edges.target[edge] as number);
  }

  /** The shortest path from `from`, of at least one edge, that ends with a wanted edge. */
  #path(from: number, isWanted: (edge: number) => boolean): readonly number[] {
    const { begin, end, target } = this.#edges;
    const reachedBy = new Map<number, number>();
    const before = new Map<number, number>();
    const queue = [from];
    for (let i = 0; i < queue.length; i++) {
      const state = queue[i] as number;
      for (let edge = begin[state] as number; edge < (end[state] as number); edge++) {
        const next = target[edge] as number;
        if (this.#fair[next] !== this.#fair[from] || this.#part.blocked?.[edge] === 1) continue;
        if (isWanted(edge)) return [...trail(state, from, reachedBy, before), edge];
        if (next === from || reachedBy.has(next)) continue;
        reachedBy.set(next, edge);
        before.set(next, state);
        queue.push(next);
      }
    }
    throw new Error('a fair component that does not have what makes it fair');
  }
}

function trail(
  to: number,
  from: number,
  reachedBy: ReadonlyMap<number, number>,
  before: ReadonlyMap<number, number>,
): readonly number[] {
  const path: number[] = [];
  for (let at = to; at !== from; at = before.get(at) as number) {
    path.push(reachedBy.get(at) as number);
  }
  return path.reverse();
}
