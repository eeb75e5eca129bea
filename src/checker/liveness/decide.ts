import type { Part } from './components.ts';
import { type FairGraph, fairStates } from './fair-states.ts';
import { type Lasso, loopFrom } from './lasso.ts';

/** Marks of all states or edges: 1 where a test is true. */
export type Marks = Uint8Array;

/**
 * What a liveness property comes down to. A run violates it if it reaches `from` (by any path when `within`
 * is false, else only through states `inside`), stays `inside` for ever without a `blocked` edge, and again
 * and again meets `visits`.
 */
export interface Question {
  /** States in which staying for ever violates the property. */
  readonly inside: Marks;
  readonly blocked?: Marks;
  readonly visits?: Marks;
  /**
   * Where the staying has to begin. 'start': in an initial state, so that all of the run lies inside.
   * 'anywhere': at any time. Marks: in one of these states, from which on the run lies inside.
   */
  readonly begins: 'start' | 'anywhere' | Marks;
}

/** The shortest way into a fair loop that violates the property; undefined when there is none. */
export function violation(
  graph: FairGraph,
  initial: readonly number[],
  question: Question,
): Lasso | undefined {
  const part: Part = { inside: question.inside, blocked: question.blocked };
  const fair = fairStates(graph, part, question.visits);
  if (!fair.some((component) => component > 0)) return undefined;
  const entry = nearest(graph, initial, question, fair);
  if (entry === undefined) return undefined;
  const loop = loopFrom(graph, part, fair, entry.state, question.visits);
  return { start: entry.start, stem: entry.path, loop };
}

interface Entry {
  readonly start: number;
  readonly state: number;
  readonly path: readonly number[];
}

/**
 * Breadth first through pairs of a state and whether the run has begun to stay inside: the nearest state
 * of a fair component that is reached having begun.
 */
function nearest(
  { edges, states }: FairGraph,
  initial: readonly number[],
  { inside, blocked, begins }: Question,
  fair: Int32Array,
): Entry | undefined {
  // Node 2s is state s before the staying has begun, 2s + 1 after it has.
  const by = new Int32Array(2 * states).fill(-1);
  const from = new Int32Array(2 * states).fill(-1);
  const met = new Uint8Array(2 * states);
  const queue: number[] = [];
  const mayBegin = (state: number) =>
    inside[state] === 1 && (typeof begins === 'string' || begins[state] === 1);
  const meet = (node: number, before: number, edge: number) => {
    if (met[node] === 1) return;
    met[node] = 1;
    from[node] = before;
    by[node] = edge;
    queue.push(node);
  };
  for (const state of initial) {
    if (mayBegin(state)) meet(2 * state + 1, -1, -1);
    if (begins !== 'start') meet(2 * state, -1, -1);
  }
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i] as number;
    const state = node >> 1;
    const begun = (node & 1) === 1;
    if (begun && (fair[state] as number) > 0) return entryAt(node, from, by);
    for (let edge = edges.begin[state] as number; edge < (edges.end[state] as number); edge++) {
      const next = edges.target[edge] as number;
      if (begun) {
        if (inside[next] === 1 && blocked?.[edge] !== 1) meet(2 * next + 1, node, edge);
        continue;
      }
      if (mayBegin(next)) meet(2 * next + 1, node, edge);
      meet(2 * next, node, edge);
    }
  }
  return undefined;
}

function entryAt(node: number, from: Int32Array, by: Int32Array): Entry {
  const path: number[] = [];
  let at = node;
  for (; (from[at] as number) >= 0; at = from[at] as number) path.push(by[at] as number);
  return { start: at >> 1, state: node >> 1, path: path.reverse() };
}
