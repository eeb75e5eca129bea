import type { PctBound, Simulated } from '../checker/result/simulated.ts';
import { Discovery } from './discovery.ts';
import { FoundRuns } from './found.ts';
import type { KnownGraph } from './known-graph.ts';
import type { Asked } from './options.ts';
import { RandomSource } from './random-source.ts';
import { Pct, type Strategy, Uniform } from './strategy.ts';
import { Visits } from './visits.ts';

/** The number of random runs that measure how long runs are, before those of the strategy pct. */
const pilotRuns = 100;

/** The strategy, the length for which its bound holds, and how many runs were longer. */
interface PctRuns {
  readonly strategy: Pct;
  readonly steps: number;
  longer: number;
}

/** Takes one run after another through a graph. */
export class Runner {
  readonly found: FoundRuns;
  readonly visits = new Visits();
  readonly discovery = new Discovery();
  /** By action, how often runs took it. */
  readonly taken: number[] = [];
  /** The number of runs that ended. */
  runs = 0;
  steps = 0;
  runsCut = 0;
  longest = 0;
  readonly #graph: KnownGraph;
  readonly #asked: Asked;
  readonly #random: RandomSource;
  #strategy: Strategy;
  /** Present once the runs of the strategy pct have begun. */
  #pct: PctRuns | undefined;
  /** Whether its graph is the first one. What was seen is said of that. */
  readonly #isFirst: boolean;
  /** The edges of the present run. */
  #path = new Int32Array(64);
  #length = 0;
  #init = -1;
  /** -1 between two runs. */
  #at = -1;
  /** The number of runs through graphs before. */
  #runsBefore = 0;
  /** The number of steps before those that count. */
  #stepsBefore = 0;

  /** With `before`, the runs go on where that runner ended, through another graph. */
  constructor(graph: KnownGraph, asked: Asked, before?: Runner) {
    this.#graph = graph;
    this.#asked = asked;
    this.#random = before === undefined ? new RandomSource(asked.seed) : before.#random;
    this.#strategy = new Uniform(this.#random);
    this.#isFirst = before === undefined;
    if (before !== undefined) this.#goOn(before);
    this.found = new FoundRuns(graph);
    this.found.note(0, graph.initial[0] ?? 0, () => []);
  }

  #goOn(before: Runner): void {
    this.runs = before.runs;
    this.#runsBefore = before.runs;
    this.steps = before.steps;
    this.runsCut = before.runsCut;
    this.longest = before.longest;
    if (before.#pct !== undefined) this.#beginPct(before.#pct);
  }

  /** Whether there are runs left, and no room for further states. */
  get isFull(): boolean {
    return this.#at < 0 && this.runs < this.#asked.runs && !this.#hasRoom;
  }

  /**
   * Takes up to so many steps. Returns true when all runs have ended, or when there are too many
   * states. Throws a SpecError.
   */
  advance(steps: number): boolean {
    for (let left = steps; left > 0; ) {
      if (this.#at < 0 && !this.#begin()) return true;
      // Of steps that count, the walk takes none beyond the next moment.
      const most = this.#counts ? this.discovery.next - (this.steps - this.#stepsBefore) : left;
      left -= 1 + this.#walk(Math.min(left, most));
      if (!this.#counts || this.steps - this.#stepsBefore < this.discovery.next) continue;
      this.discovery.note(this.visits.states);
    }
    return false;
  }

  /** The schedule entries of the last run. */
  get schedule(): { readonly init: number; readonly edges: readonly number[] } {
    return { init: this.#init, edges: [...this.#path.subarray(0, this.#length)] };
  }

  get pct(): PctBound | undefined {
    if (this.#pct === undefined) return undefined;
    const { strategy, steps, longer } = this.#pct;
    const { pctDepth: depth } = this.#asked;
    const actors = Math.max(1, strategy.actors);
    return {
      depth,
      actors,
      steps,
      probability: 1 / (actors * steps ** (depth - 1)),
      runs: this.runs - Math.min(pilotRuns, this.runs),
      runsLonger: longer,
    };
  }

  get facts(): Pick<
    Simulated,
    'strategy' | 'seed' | 'runs' | 'steps' | 'depthMax' | 'runsCut' | 'longestRun'
  > {
    const { strategy, seed, depth } = this.#asked;
    const { runs, steps, runsCut, longest } = this;
    return { strategy, seed, runs, steps, depthMax: depth, runsCut, longestRun: longest };
  }

  /** The number of runs whose visits are counted: those of one strategy, and one under way. */
  get runsCounted(): number {
    if (!this.#counts) return 0;
    const before = this.#pct === undefined ? 0 : pilotRuns;
    return this.runs - before + (this.#at < 0 ? 0 : 1);
  }

  /** Each graph has room for one run, however small the bound is. */
  get #hasRoom(): boolean {
    return this.runs === this.#runsBefore || this.#graph.states <= this.#asked.statesMax;
  }

  /** Begins a run. Returns false when there is none left. */
  #begin(): boolean {
    const { initial } = this.#graph;
    if (this.runs >= this.#asked.runs || initial.length === 0 || !this.#hasRoom) return false;
    if (this.#asked.strategy === 'pct' && this.runs === pilotRuns) this.#beginPct();
    this.#init = initial[this.#random.below(initial.length)] as number;
    this.#at = this.#init;
    this.#length = 0;
    this.#strategy.begin();
    if (this.#counts) this.visits.note(this.#at, this.runs + 1);
    return true;
  }

  /** Goes on with the present run, at most so many steps, and ends it where it ends. */
  #walk(most: number): number {
    const { edges } = this.#graph;
    const { depth } = this.#asked;
    const strategy = this.#strategy;
    const visits = this.#counts ? this.visits : undefined;
    const run = this.runs + 1;
    let at = this.#at;
    let length = this.#length;
    let count = 0;
    for (; count < most; count++) {
      if (!edges.isExpanded(at)) {
        this.#length = length;
        this.#expand(at);
      }
      const begin = edges.begin[at] ?? 0;
      const end = edges.end[at] ?? 0;
      if (begin === end || length >= depth) {
        this.#length = length;
        this.steps += count;
        this.#end(begin !== end);
        return count;
      }
      const edge = strategy.choose(begin, end);
      if (length === this.#path.length) this.#widen();
      this.#path[length] = edge;
      length += 1;
      const action = edges.action[edge] as number;
      this.taken[action] = (this.taken[action] ?? 0) + 1;
      at = edges.target[edge] as number;
      visits?.note(at, run);
    }
    this.#length = length;
    this.#at = at;
    this.steps += count;
    return count;
  }

  #expand(state: number): void {
    this.#graph.expand(state);
    this.found.note(this.runs + 1, this.#init, () => this.schedule.edges);
  }

  /** False for the random runs before those of the strategy pct, and in a second graph. */
  get #counts(): boolean {
    if (!this.#isFirst) return false;
    return this.#asked.strategy !== 'pct' || this.#pct !== undefined;
  }

  #end(isCut: boolean): void {
    this.#at = -1;
    this.runs += 1;
    if (isCut) this.runsCut += 1;
    if (this.#length > this.longest) this.longest = this.#length;
    if (this.#pct !== undefined && this.#length > this.#pct.steps) this.#pct.longer += 1;
  }

  #beginPct(before?: PctRuns): void {
    const steps = before?.steps ?? Math.max(1, this.longest);
    const { pctDepth } = this.#asked;
    const strategy = new Pct(this.#graph, this.#random, pctDepth, steps, before?.strategy);
    this.#strategy = strategy;
    this.#pct = { strategy, steps, longer: before?.longer ?? 0 };
    this.#stepsBefore = this.steps;
  }

  #widen(): void {
    const path = new Int32Array(2 * this.#path.length);
    path.set(this.#path);
    this.#path = path;
  }
}
