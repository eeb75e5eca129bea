import { widened } from '../state/layout.ts';
import type { Edges } from './edges.ts';

/**
 * A part of the graph: the states marked 1 in `inside`, without the edges marked 1 in `blocked`.
 */
export interface Part {
  readonly inside: Uint8Array;
  readonly blocked: Uint8Array | undefined;
}

/**
 * What a run must meet again and again besides being fair: one of the marked states, and one of the
 * marked edges.
 */
export interface AgainAndAgain {
  readonly visits?: Uint8Array;
  readonly takes?: Uint8Array;
}

/**
 * Strongly connected components, by Tarjan's algorithm (1972). It keeps its own stack, because
 * chains of a million states are common. Its arrays serve many calls on one graph.
 */
export class Components {
  readonly #edges: Edges;
  /**
   * By state: 0 before this call meets it; its order of discovery while it is on the stack; then
   * the negative number of its component.
   */
  readonly #mark: Int32Array;
  readonly #low: Int32Array;
  #stack = new Int32Array(64);
  /** The states on the current path, and the next edge of each. */
  #path = new Int32Array(64);
  #cursor = new Int32Array(64);
  #last = 0;

  constructor(edges: Edges, states: number) {
    this.#edges = edges;
    this.#mark = new Int32Array(states);
    this.#low = new Int32Array(states);
  }

  /** The last component in which a state was found, counted from 1; 0 for a state without one. */
  componentOf(state: number): number {
    return Math.max(0, -(this.#mark[state] as number));
  }

  /**
   * Calls `found` for each component among `states`, with its states and its number. Only states
   * whose `region` is `id` count, so `found` may mark others for a later call.
   */
  find(
    states: Int32Array,
    part: Part,
    region: Int32Array,
    id: number,
    found: (members: Int32Array, component: number) => void,
  ): void {
    for (const state of states) this.#mark[state] = 0;
    const progress = { next: 1, height: 0 };
    for (const root of states) {
      if (this.#mark[root] === 0) this.#descend(root, part, region, id, progress, found);
    }
  }

  #descend(
    root: number,
    part: Part,
    region: Int32Array,
    id: number,
    progress: { next: number; height: number },
    found: (members: Int32Array, component: number) => void,
  ): void {
    let depth = 0;
    this.#enter(root, 0, progress);
    while (depth >= 0) {
      const state = this.#path[depth] as number;
      const next = this.#follow(state, depth, part, region, id);
      if (next >= 0) {
        depth += 1;
        this.#enter(next, depth, progress);
        continue;
      }
      if (this.#low[state] === this.#mark[state]) this.#close(state, progress, found);
      depth -= 1;
      if (depth >= 0) {
        const above = this.#path[depth] as number;
        this.#low[above] = Math.min(this.#low[above] as number, this.#low[state] as number);
      }
    }
  }

  #enter(state: number, depth: number, progress: { next: number; height: number }): void {
    this.#mark[state] = progress.next;
    this.#low[state] = progress.next;
    progress.next += 1;
    if (progress.height === this.#stack.length) {
      this.#stack = widened(this.#stack, 2 * progress.height);
    }
    this.#stack[progress.height] = state;
    progress.height += 1;
    if (depth === this.#path.length) {
      this.#path = widened(this.#path, 2 * depth);
      this.#cursor = widened(this.#cursor, 2 * depth);
    }
    this.#path[depth] = state;
    this.#cursor[depth] = this.#edges.begin[state] as number;
  }

  /** The next successor that was not met yet; -1 when there is none. */
  #follow(state: number, depth: number, part: Part, region: Int32Array, id: number): number {
    const { target, end } = this.#edges;
    const { blocked } = part;
    const last = end[state] as number;
    for (let edge = this.#cursor[depth] as number; edge < last; edge++) {
      const next = target[edge] as number;
      if (region[next] !== id || blocked?.[edge] === 1) continue;
      const mark = this.#mark[next] as number;
      if (mark === 0) {
        this.#cursor[depth] = edge + 1;
        return next;
      }
      // A state that already has a component is not on the stack.
      if (mark > 0 && mark < (this.#low[state] as number)) this.#low[state] = mark;
    }
    this.#cursor[depth] = last;
    return -1;
  }

  #close(
    root: number,
    progress: { height: number },
    found: (members: Int32Array, component: number) => void,
  ): void {
    this.#last += 1;
    const end = progress.height;
    let begin = end;
    do {
      begin -= 1;
      this.#mark[this.#stack[begin] as number] = -this.#last;
    } while (this.#stack[begin] !== root);
    progress.height = begin;
    found(this.#stack.slice(begin, end), this.#last);
  }
}
