import type { Edges } from '../checker/liveness/edges.ts';
import type { Frontier } from '../checker/state/frontier.ts';

/** Expands states in the order in which runs come to them, so it knows nothing of levels. */
export class AnyOrder implements Frontier {
  readonly levels = 0;
  readonly levelSizes: readonly number[] = [];
  readonly mayGrow = true;
  readonly levelsNeedPass = true;
  readonly isLevelled = false;
  readonly ahead = { next: 0, end: 0 };
  readonly #edges: Edges;

  constructor(edges: Edges) {
    this.#edges = edges;
  }

  addInitial(): void {}
  found(): void {}
  revisited(): void {}
  skip(): void {}

  next(): number {
    return -1;
  }

  isRepeat(): boolean {
    return false;
  }

  waiting(count: number): number {
    return [...this.waitingStates(count)].length;
  }

  *waitingStates(count: number): Iterable<number> {
    for (let state = 0; state < count; state++) if (!this.#edges.isExpanded(state)) yield state;
  }
}
