import type { Part } from './components.ts';
import { OUTSIDE } from './edges.ts';
import { type FairGraph, fairStates } from './fair-states.ts';
import { type Lasso, loopFrom } from './lasso.ts';

/** A mark for each state or edge: 1 where a test is true. */
export type Marks = Uint8Array;

/**
 * The form of every liveness property. A run violates it if it reaches `from` (by any path when
 * `within` is false, else only through states `inside`), then stays `inside` for ever without a
 * `blocked` edge, and again and again meets `visits` and takes `takes`.
 */
export interface Question {
  /** States in which a run may not stay for ever. */
  readonly inside: Marks;
  readonly blocked?: Marks;
  readonly visits?: Marks;
  /** Edges; the run has to take one of them again and again. */
  readonly takes?: Marks;
  /**
   * Where the staying begins. 'start': in an initial state, so that the whole run lies inside.
   * 'anywhere': at any time. Marks: in one of these states, and from there on the run lies inside.
   */
  readonly begins: 'start' | 'anywhere' | Marks;
  /**
   * Of a state outside of the constraint: whether the staying begins there, where `begins` is
   * marks; and whether it can go on there. Without them anything can.
   */
  readonly asks?: (state: number) => boolean;
  readonly pends?: (state: number) => boolean;
}

/** The shortest way into a fair loop that violates the property; undefined when there is none. */
export function violation(
  graph: FairGraph,
  initial: readonly number[],
  question: Question,
): Lasso | undefined {
  const part: Part = { inside: question.inside, blocked: question.blocked };
  const fair = fairStates(graph, part, question);
  if (!fair.some((component) => component > 0)) return undefined;
  const entry = nearest(graph, initial, question, fair);
  if (entry === undefined) return undefined;
  const loop = loopFrom(graph, part, fair, entry.state, question);
  return { start: entry.start, stem: entry.path, loop };
}

interface Entry {
  readonly start: number;
  readonly state: number;
  readonly path: readonly number[];
}

/** The nearest state of a fair component that a run reaches after it has begun to stay inside. */
function nearest(
  graph: FairGraph,
  initial: readonly number[],
  question: Question,
  fair: Int32Array,
): Entry | undefined {
  const way = new Way(graph, question);
  for (const state of initial) way.begin(state);
  for (let node = way.next(); node >= 0; node = way.next()) {
    if (way.hasBegun(node) && (fair[node >> 1] as number) > 0) return way.entryAt(node);
    way.expand(node);
  }
  return undefined;
}

/**
 * A breadth-first search over pairs of a state and whether the run has begun to stay inside. Node
 * 2s is state s before that, 2s + 1 after it.
 */
class Way {
  readonly #edges: FairGraph['edges'];
  readonly #question: Question;
  /** By node: the edge by which it was reached, and the node before; -1 where a run starts. */
  readonly #by: Int32Array;
  readonly #from: Int32Array;
  readonly #met: Uint8Array;
  readonly #queue: number[] = [];
  #head = 0;

  constructor({ edges, states }: FairGraph, question: Question) {
    this.#edges = edges;
    this.#question = question;
    this.#by = new Int32Array(2 * states).fill(-1);
    this.#from = new Int32Array(2 * states).fill(-1);
    this.#met = new Uint8Array(2 * states);
  }

  begin(state: number): void {
    if (this.#mayBegin(state)) this.#meet(2 * state + 1, -1, -1);
    if (this.#question.begins !== 'start') this.#meet(2 * state, -1, -1);
  }

  next(): number {
    const node = this.#queue[this.#head] ?? -1;
    this.#head += 1;
    return node;
  }

  hasBegun(node: number): boolean {
    return (node & 1) === 1;
  }

  expand(node: number): void {
    const { begin, end, target } = this.#edges;
    const { inside, blocked } = this.#question;
    const state = node >> 1;
    for (let edge = begin[state] as number; edge < (end[state] as number); edge++) {
      const next = target[edge] as number;
      if (next === OUTSIDE) continue;
      if (this.hasBegun(node)) {
        if (inside[next] === 1 && blocked?.[edge] !== 1) this.#meet(2 * next + 1, node, edge);
        continue;
      }
      if (this.#mayBegin(next)) this.#meet(2 * next + 1, node, edge);
      this.#meet(2 * next, node, edge);
    }
  }

  entryAt(node: number): Entry {
    const path: number[] = [];
    let at = node;
    for (; (this.#from[at] as number) >= 0; at = this.#from[at] as number) {
      path.push(this.#by[at] as number);
    }
    return { start: at >> 1, state: node >> 1, path: path.reverse() };
  }

  #mayBegin(state: number): boolean {
    const { inside, begins } = this.#question;
    return inside[state] === 1 && (typeof begins === 'string' || begins[state] === 1);
  }

  #meet(node: number, before: number, edge: number): void {
    if (this.#met[node] === 1) return;
    this.#met[node] = 1;
    this.#from[node] = before;
    this.#by[node] = edge;
    this.#queue.push(node);
  }
}
