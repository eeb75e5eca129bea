import type { CheckOptions } from '../result/options.ts';
import { widened } from './layout.ts';
import type { Visited } from './visited.ts';

/** The order in which states are expanded, and the bound on depth. */
export interface Frontier {
  /** The number of levels so far: of states on the longest path by which one was found. */
  readonly levels: number;
  /** The number of states of each complete level; empty in a depth-first search. */
  readonly levelSizes: readonly number[];
  /** False while the current state lies at the bound, so that its successors are not stored. */
  readonly mayGrow: boolean;
  /** True when a complete search has to measure its levels in a pass of their own. */
  readonly levelsNeedPass: boolean;
  /** True when every step so far leads to a later level, so that no run is infinite. */
  readonly isLevelled: boolean;
  addInitial(state: number): void;
  /** The next state to expand, -1 when there is none. `count` is the number of states so far. */
  next(count: number): number;
  /** To be called when a new state is stored. */
  found(state: number, from: number): void;
  /** To be called when a successor was stored before. */
  revisited(state: number, from: number, visited: Visited): void;
  /** True when the current state was expanded before. */
  isRepeat(state: number): boolean;
  /**
   * The range of states to expand next, in the order of their numbers: from `next` to before `end`,
   * where their level ends.
   */
  readonly ahead: { readonly next: number; readonly end: number };
  /** To be called when so many states from `ahead.next` on were expanded. */
  skip(states: number): void;
  waiting(count: number): number;
  /** The waiting states. Some may have been expanded before. */
  waitingStates(count: number): Iterable<number>;
}

/** The frontier for these options. */
export function frontierOf({ order, depthMax }: CheckOptions): Frontier {
  const most = depthMax ?? Number.POSITIVE_INFINITY;
  return order === 'depth_first' ? new StackFrontier(most) : new LevelFrontier(most);
}

/** Breadth first: states are expanded in the order in which they were stored. */
class LevelFrontier implements Frontier {
  readonly levelsNeedPass = false;
  readonly levelSizes: number[] = [];
  levels = 0;
  mayGrow = true;
  isLevelled = true;
  readonly #depthMax: number;
  #next = 0;
  /** The first state of the next level. */
  #levelEnd = 0;

  constructor(depthMax: number) {
    this.#depthMax = depthMax;
  }

  addInitial(): void {}

  next(count: number): number {
    if (this.#next === count) return -1;
    if (this.#next === this.#levelEnd) {
      // All of this level is stored now, and none of the next one.
      this.levelSizes.push(count - this.#levelEnd);
      this.#levelEnd = count;
      this.levels += 1;
      this.mayGrow = this.levels <= this.#depthMax;
    }
    this.#next += 1;
    return this.#next - 1;
  }

  found(): void {}

  get ahead() {
    return { next: this.#next, end: this.#levelEnd };
  }

  skip(states: number): void {
    this.#next += states;
  }

  revisited(state: number): void {
    if (state < this.#levelEnd) this.isLevelled = false;
  }

  isRepeat(): boolean {
    return false;
  }

  waiting(count: number): number {
    return count - this.#next;
  }

  *waitingStates(count: number): Iterable<number> {
    for (let state = this.#next; state < count; state++) yield state;
  }
}

/**
 * Depth first: the state that was found last is expanded next. With a bound on the depth, a state
 * found again nearer to the start is expanded again, because more of its successors lie within the
 * bound.
 */
class StackFrontier implements Frontier {
  readonly levelsNeedPass = true;
  /** The order of discovery says nothing about levels here. */
  readonly isLevelled = false;
  readonly levelSizes: readonly number[] = [];
  levels = 1;
  mayGrow = true;
  readonly #depthMax: number;
  readonly #bounded: boolean;
  #stack = new Int32Array(64);
  #height = 0;
  #depth = new Int32Array(64);
  /** By state: 1 once it was expanded. Kept only with a bound. */
  #expanded: boolean[] = [];
  #repeat = false;

  constructor(depthMax: number) {
    this.#depthMax = depthMax;
    this.#bounded = depthMax !== Number.POSITIVE_INFINITY;
  }

  addInitial(state: number): void {
    this.#setDepth(state, 0);
    this.#push(state);
  }

  next(): number {
    if (this.#height === 0) return -1;
    this.#height -= 1;
    const state = this.#stack[this.#height] as number;
    if (!this.#bounded) return state;
    this.#repeat = this.#expanded[state] === true;
    this.#expanded[state] = true;
    this.mayGrow = (this.#depth[state] as number) < this.#depthMax;
    return state;
  }

  found(state: number, from: number): void {
    this.#setDepth(state, (this.#depth[from] as number) + 1);
    this.#push(state);
  }

  revisited(state: number, from: number, visited: Visited): void {
    if (!this.#bounded) return;
    const depth = (this.#depth[from] as number) + 1;
    if (depth >= (this.#depth[state] as number)) return;
    this.#setDepth(state, depth);
    visited.parent[state] = from;
    this.#push(state);
  }

  isRepeat(): boolean {
    return this.#repeat;
  }

  /** Empty, because the next state is known only when it is taken. */
  readonly ahead = { next: 0, end: 0 };

  skip(): void {}

  waiting(): number {
    return this.#height;
  }

  waitingStates(): Iterable<number> {
    return this.#stack.subarray(0, this.#height);
  }

  #setDepth(state: number, depth: number): void {
    if (state >= this.#depth.length) this.#depth = widened(this.#depth, 2 * state);
    this.#depth[state] = depth;
    if (depth >= this.levels) this.levels = depth + 1;
  }

  #push(state: number): void {
    if (this.#height === this.#stack.length) this.#stack = widened(this.#stack, 2 * this.#height);
    this.#stack[this.#height] = state;
    this.#height += 1;
  }
}
