import type { Scenario } from '../spec/scenario.ts';
import { type Frontier, LevelFrontier, StackFrontier } from './frontier.ts';
import { Judge } from './judge.ts';
import { measureLevels } from './levels.ts';
import { load } from './load.ts';
import { Machine } from './machine.ts';
import type { CheckOptions, Progress } from './options.ts';
import { pointOf } from './point.ts';
import type { Because, Result, WorldState } from './result.ts';
import { summarise } from './summary.ts';
import { worldOf } from './world.ts';

/** States between two questions to `interrupt`. */
const POLL = 4096;

/** A search that can be advanced piece by piece, so that the caller stays responsive. */
export class Search {
  readonly #scenario: Scenario;
  readonly #options: CheckOptions;
  readonly #machine: Machine;
  readonly #judge: Judge;
  readonly #frontier: Frontier;
  readonly #point: ReturnType<typeof pointOf>;
  readonly #statesMax: number;
  readonly #memoryMax: number;
  #generated = 0;
  /** New states that were not stored because of a bound. */
  #cut = 0;
  #because: Because | undefined;
  #ended = false;
  #levels: number | undefined;
  /** The next state whose memoised steps are evaluated again, as a sample. */
  #nextSample = 1;

  /** Throws a SpecError when the model is broken, a UsageError for unknown parameters or faults. */
  constructor(scenario: Scenario, options: CheckOptions = {}) {
    this.#scenario = scenario;
    this.#options = options;
    this.#statesMax = options.statesMax ?? Number.POSITIVE_INFINITY;
    this.#memoryMax = options.memoryMaxBytes ?? Number.POSITIVE_INFINITY;
    this.#point = pointOf(scenario, options.parameters);
    const system = scenario.system(this.#point);
    const loaded = load(system, scenario.name, options.faults);
    const memo = options.memo ?? 'adaptive';
    this.#machine = new Machine(loaded, { scenario: scenario.name, memo });
    this.#judge = new Judge(this.#machine, system);
    loaded.slots.onSlot((field, slot) => {
      this.#machine.slotAdded(field, slot);
      this.#judge.slotAdded(field, slot);
    });
    const depthMax = options.depthMax ?? Number.POSITIVE_INFINITY;
    this.#frontier =
      options.order === 'depth_first' ? new StackFrontier(depthMax) : new LevelFrontier(depthMax);
    for (const numbers of loaded.initial) this.#addInitial(numbers);
  }

  /** Expands up to `states` further states; true when the search has ended. */
  advance(states: number): boolean {
    for (let i = 0; i < states && !this.#ended; i++) {
      const state = this.#frontier.next(this.#machine.visited.count);
      if (state < 0) this.#end();
      else this.#expand(state);
    }
    return this.#ended;
  }

  /** Runs to the end, asking `interrupt` now and then. */
  run(): this {
    const { interrupt } = this.#options;
    while (!this.advance(POLL)) {
      const because = interrupt?.(this.progress());
      if (because !== undefined) this.#stop(because);
    }
    return this;
  }

  progress(): Progress {
    const states = this.#machine.visited.count;
    return {
      states,
      generated: this.#generated,
      levels: this.#frontier.levels,
      waiting: this.#frontier.waiting(states),
      violated: [...this.#judge.discoveries.keys()].filter((name) => !this.#isGoal(name)),
    };
  }

  /**
   * What is known now. Before the end, whatever is not decided is undecided because of `because`, or
   * because the search was interrupted.
   */
  result(because?: Because): Result {
    const complete = this.#ended && this.#because === undefined;
    return summarise({
      scenario: this.#scenario,
      point: this.#point,
      machine: this.#machine,
      judge: this.#judge,
      complete,
      because: complete ? undefined : (this.#because ?? because ?? 'interrupted'),
      generated: this.#generated,
      levels: this.#levels ?? this.#frontier.levels,
      order: this.#options.order ?? 'breadth_first',
      faults: this.#options.faults,
    });
  }

  /** Every state that was visited so far, as plain data, in the order of discovery. */
  *states(): Iterable<WorldState> {
    for (let state = 0; state < this.#machine.visited.count; state++) {
      this.#machine.lookAt(state);
      yield worldOf(this.#machine.slots, this.#machine);
    }
  }

  #addInitial(numbers: readonly number[]): void {
    const { visited } = this.#machine;
    const before = visited.count;
    const state = this.#machine.addInitial(numbers);
    this.#generated += 1;
    if (state !== before) return;
    this.#frontier.addInitial(state);
    this.#judge.judgeInitial(state);
  }

  #expand(state: number): void {
    const machine = this.#machine;
    machine.expansions += 1;
    const again = this.#frontier.isRepeat(state);
    const store = this.#frontier.mayGrow;
    let generated = 0;
    let stuck = true;
    // Actors that become known meanwhile do not exist in this state, so that they have nothing to do.
    for (let actor = 0; actor < machine.actors.length; actor++) {
      const leaf = machine.leafOf(actor, state);
      const { leaves } = machine;
      const changing = leaves.changing[leaf] as number;
      const steps = changing + (leaves.idle[leaf] as number);
      if (steps === 0) continue;
      if (stuck && !machine.isFault[actor]) stuck = false;
      generated += steps;
      if (changing > 0) this.#follow(state, leaves.first[leaf] as number, changing, store);
    }
    // A state that depth first search expands again, from nearer to the start, has been counted.
    if (!again) this.#generated += generated;
    if (stuck && !again) this.#judge.judgeStuck(state);
    if (state >= this.#nextSample) this.#sample(state);
    if (machine.visited.bytes > this.#memoryMax) this.#stop('memory_max');
  }

  #follow(state: number, first: number, changing: number, store: boolean): void {
    const { leaves, visited, layout } = this.#machine;
    for (let outcome = first; outcome < first + changing; outcome++) {
      const known = visited.count;
      const mayStore = store && known < this.#statesMax;
      const next = visited.offer(state, leaves.masks, outcome * layout.width, mayStore);
      if (next === known) {
        this.#frontier.found(next, state);
        this.#judge.judge(next, outcome);
      } else if (next < 0) this.#cutOff();
      else this.#frontier.metAgain(next, state, visited);
    }
  }

  /** A new state lies beyond a bound. */
  #cutOff(): void {
    this.#cut += 1;
    if (this.#frontier.mayGrow) this.#stop('states_max');
  }

  #stop(because: Because): void {
    this.#because = because;
    this.#ended = true;
  }

  #end(): void {
    this.#ended = true;
    let cut = this.#cut;
    if (this.#frontier.levelsNeedPass) {
      const { levels, beyond } = measureLevels(this.#machine);
      this.#levels = levels;
      // What depth first search cut off on one path it may have reached on another.
      cut = beyond;
    }
    if (cut > 0) this.#because = 'depth_max';
  }

  /** Re-evaluates memoised steps: in a few states always, in a given share of all when asked to. */
  #sample(state: number): void {
    const share = this.#options.selfCheck ?? 0;
    this.#nextSample = share > 0 ? state + Math.ceil(1 / share) : 2 * state;
    this.#machine.selfCheck(state);
  }

  #isGoal(name: string): boolean {
    return this.#judge.properties.some(
      (property) => property.name === name && property.kind === 'reachable',
    );
  }
}
