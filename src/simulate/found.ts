import type { KnownGraph } from './known-graph.ts';

/** A run up to the state in which a property was decided. */
export interface FoundRun {
  /** The number of the run, from 1. */
  readonly run: number;
  readonly init: number;
  /** The edges of the run, in order. */
  readonly edges: readonly number[];
}

/** Remembers, for each decided property, the run that came to it. */
export class FoundRuns {
  readonly byProperty = new Map<string, FoundRun>();
  readonly #graph: KnownGraph;
  #decided = 0;

  constructor(graph: KnownGraph) {
    this.#graph = graph;
  }

  /** To be called after a state was expanded, with the run that led to it. */
  note(run: number, init: number, edges: () => readonly number[]): void {
    const { decided } = this.#graph;
    if (decided === this.#decided) return;
    this.#decided = decided;
    const { stateChecker, stepChecker, ends } = this.#graph.parts;
    const steps = stepChecker?.discoveries.keys() ?? [];
    for (const name of [...stateChecker.discoveries.keys(), ...steps, ...ends.violated]) {
      if (this.byProperty.has(name)) continue;
      const state = stateChecker.discoveries.get(name)?.[0]?.state;
      // Before the first run it was one of the initial states, and not always the first.
      const start = run === 0 ? (state ?? init) : init;
      this.byProperty.set(name, { run, init: start, edges: this.#upTo(state, start, edges()) });
    }
  }

  /** The run, with one more step where the state is a successor of its last one. */
  #upTo(state: number | undefined, init: number, edges: readonly number[]): readonly number[] {
    const { begin, end, target } = this.#graph.edges;
    const last = edges.length === 0 ? init : (target[edges.at(-1) as number] as number);
    if (state === undefined || state === last) return edges;
    for (let edge = begin[last] as number; edge < (end[last] as number); edge++) {
      if (target[edge] === state) return [...edges, edge];
    }
    return edges;
  }
}
