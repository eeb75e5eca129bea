import type { KnownGraph } from './known-graph.ts';
import type { RandomSource } from './random-source.ts';

/** Chooses the next step of a run. */
export interface Strategy {
  /** To be called before the first step of a run. */
  begin(): void;
  /** The edge to follow, of those from `begin` to before `end`. There is one. */
  choose(begin: number, end: number): number;
}

/** Chooses each enabled step with the same probability. A step with three picks is three steps. */
export class Uniform implements Strategy {
  readonly #random: RandomSource;

  constructor(random: RandomSource) {
    this.#random = random;
  }

  begin(): void {}

  choose(begin: number, end: number): number {
    return end === begin + 1 ? begin : begin + this.#random.below(end - begin);
  }
}

/**
 * Probabilistic concurrency testing. Each actor has a random priority, and the enabled actor with
 * the highest takes the next step; among its steps each has the same probability. After `depth` - 1
 * random ones of the first `steps` steps, the actor that took the step falls below all others.
 *
 * Source: S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, A randomized scheduler with
 * probabilistic guarantees of finding bugs, ASPLOS 2010.
 */
export class Pct implements Strategy {
  readonly #graph: KnownGraph;
  readonly #random: RandomSource;
  readonly #depth: number;
  readonly #steps: number;
  /** By action: the number of its actor. */
  readonly #actorOf: number[] = [];
  readonly #actors: Map<string, number>;
  /** By actor: its priority in this run; undefined before it is needed. */
  #priorities: (number | undefined)[] = [];
  /** By step, from 0: the priority to which its actor falls afterwards. */
  readonly #falls = new Map<number, number>();
  #step = 0;

  /** `before` ran through another graph of the same scenario, and knows actors, too. */
  constructor(graph: KnownGraph, random: RandomSource, depth: number, steps: number, before?: Pct) {
    this.#actors = new Map(before === undefined ? [] : before.#actors);
    this.#graph = graph;
    this.#random = random;
    this.#depth = depth;
    this.#steps = steps;
  }

  /** The number of actors that were enabled so far. */
  get actors(): number {
    return this.#actors.size;
  }

  begin(): void {
    this.#priorities = [];
    this.#step = 0;
    this.#falls.clear();
    for (let i = 1; i < this.#depth; i++) this.#falls.set(this.#random.below(this.#steps), -i);
  }

  choose(begin: number, end: number): number {
    const { action } = this.#graph.edges;
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    let among = 0;
    let chosen = begin;
    for (let edge = begin; edge < end; edge++) {
      const actor = this.#actor(action[edge] as number);
      const priority = this.#priority(actor);
      if (priority > highest) {
        highest = priority;
        best = actor;
        among = 0;
      }
      if (actor !== best) continue;
      among += 1;
      if (this.#random.below(among) === 0) chosen = edge;
    }
    const fall = this.#falls.get(this.#step);
    if (fall !== undefined) this.#priorities[best] = fall;
    this.#step += 1;
    return chosen;
  }

  /**
   * A random number above 0 for each actor gives a random order, whenever the actor appears; the
   * falls are below 0.
   */
  #priority(actor: number): number {
    const known = this.#priorities[actor];
    if (known !== undefined) return known;
    const priority = this.#random.unit();
    this.#priorities[actor] = priority;
    return priority;
  }

  #actor(action: number): number {
    const known = this.#actorOf[action];
    if (known !== undefined) return known;
    const name = this.#graph.actorName(action);
    const actor = this.#actors.get(name) ?? this.#actors.size;
    this.#actors.set(name, actor);
    this.#actorOf[action] = actor;
    return actor;
  }
}
