import type { WorldState } from '../result/result.ts';
import { lostStates } from '../runs/lost-states.ts';
import { processesExist } from '../runs/processes-exist.ts';
import { mayEnd } from '../runs/stuck.ts';
import type { RunGraph } from './run-graph.ts';

/**
 * The states of a graph from which no end can be reached without a fault. A claim that all runs can
 * end needs all of them, because a run that is not stuck may still have lost its end.
 */
export class EndsInGraph {
  readonly #graph: RunGraph;
  #lost: ReadonlySet<number> | undefined;

  constructor(graph: RunGraph) {
    this.#graph = graph;
  }

  /**
   * The states that violate the question about ends; undefined when the graph has more states than
   * the bound.
   */
  lost(): ReadonlySet<number> | undefined {
    const graph = this.#graph;
    if (this.#lost !== undefined) return this.#lost;
    if (!graph.explore()) return undefined;
    const { system, stepper, count } = graph;
    this.#lost = lostStates(system, processesExist(stepper.slots), {
      count,
      isEnd: (state) => mayEnd(system, stepper.world(graph.vectorOf(state))),
      own: (state) =>
        (graph.onward(state) ?? []).flatMap(({ action, to }) =>
          graph.action(action).kind === 'fault' ? [] : [to],
        ),
    });
    return this.#lost;
  }

  /** Whether a state, possibly of another stepper, violates the question about ends. */
  isLost(world: WorldState): boolean {
    const state = this.#graph.find(this.#graph.stepper.vectorOf(world));
    return state !== undefined && this.lost()?.has(state) === true;
  }
}
