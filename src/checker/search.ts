import type { Scenario } from '../spec/scenario.ts';
import { Clauses } from './clauses.ts';
import { Ends } from './ends/ends.ts';
import { forecast } from './forecast.ts';
import { type Frontier, frontierOf } from './frontier.ts';
import { Judge } from './judge.ts';
import { measureLevels } from './levels.ts';
import { checkFairness } from './liveness/check-fairness.ts';
import { Liveness } from './liveness/liveness.ts';
import { load } from './load.ts';
import { Machine } from './machine.ts';
import { Names } from './names.ts';
import type { CheckOptions, Progress } from './options.ts';
import { pointOf } from './point.ts';
import { type Profile, profileOf } from './profile.ts';
import { buildSystemTwice } from './purity/build-system.ts';
import { compareWithCopy } from './purity/compare-copies.ts';
import { Samples } from './purity/samples.ts';
import type { Because, Result, WorldState } from './result.ts';
import { StepJudge } from './step-judge.ts';
import { StepTests } from './step-tests.ts';
import { summarise, violatedSoFar } from './summary.ts';
import { worldOf } from './world.ts';

/** States between two questions to `interrupt`. */
const POLL = 4096;
/** Violations of one property that are looked at when several different counterexamples are wanted. */
const CANDIDATES = 100;

/** A search that can be advanced piece by piece, so that the caller stays responsive. */
export class Search {
  readonly #scenario: Scenario;
  readonly #system: ReturnType<Scenario['system']>;
  readonly #options: CheckOptions;
  readonly #machine: Machine;
  readonly #clauses: Clauses;
  readonly #judge: Judge;
  readonly #steps: StepTests;
  readonly #names: Names;
  /** Undefined when no property asks about steps. */
  readonly #stepJudge: StepJudge | undefined;
  /** Undefined when no liveness property asks, so that no graph is kept. */
  readonly #liveness: Liveness | undefined;
  readonly #frontier: Frontier;
  readonly #point: ReturnType<typeof pointOf>;
  readonly #statesMax: number;
  readonly #memoryMax: number;
  readonly #ends: Ends;
  #generated = 0;
  /** New states that were not stored because of a bound. */
  #cut = 0;
  #because: Because | undefined;
  /** No further state will be visited; what is asked of all of them together may not be decided yet. */
  #explored = false;
  #ended = false;
  /** Why the ends were not looked for in all states that were visited. */
  #endsBecause: Because | undefined;
  #levels: number | undefined;
  readonly #samples: Samples;

  /** Throws a SpecError when the model is broken, a UsageError for unknown parameters or faults. */
  constructor(scenario: Scenario, options: CheckOptions = {}) {
    this.#scenario = scenario;
    this.#options = options;
    this.#statesMax = options.statesMax ?? Number.POSITIVE_INFINITY;
    this.#memoryMax = options.memoryMaxBytes ?? Number.POSITIVE_INFINITY;
    this.#point = pointOf(scenario, options.parameters);
    const system = buildSystemTwice(scenario, this.#point);
    this.#system = system;
    checkFairness(system, scenario.name);
    const loaded = load(system, scenario.name, options.faults);
    this.#machine = new Machine(loaded, {
      scenario: scenario.name,
      memo: options.memo ?? 'adaptive',
      clock: options.clock,
    });
    const names = new Names(loaded.slots);
    this.#names = names;
    this.#clauses = new Clauses(this.#machine, names);
    const clauses = this.#clauses;
    this.#samples = new Samples(this.#machine, clauses, options.selfCheck ?? 0);
    const candidates = (options.counterexamples ?? 1) > 1 ? CANDIDATES : 1;
    this.#judge = new Judge(this.#machine, clauses, system, candidates);
    this.#ends = new Ends(this.#machine, clauses, system, options.deadlock === 'stuttering');
    const steps = new StepTests(this.#machine, names);
    this.#steps = steps;
    this.#stepJudge = StepJudge.for(system, this.#machine, steps);
    const liveness = new Liveness(system, this.#machine, clauses, steps);
    this.#liveness = liveness.properties.length > 0 ? liveness : undefined;
    loaded.slots.onSlot((field, slot) => {
      names.made(slot, this.underWay());
      this.#machine.slotAdded(field, slot);
      clauses.slotAdded(field, slot);
      this.#judge.slotAdded(field, slot);
      steps.slotAdded();
    });
    this.#frontier = frontierOf(options);
    for (const [i, numbers] of loaded.initial.entries()) this.#addInitial(numbers, i);
  }

  /** Expands up to `states` further states; true when the search has ended. */
  advance(states: number): boolean {
    for (let i = 0; i < states && !this.#ended; i++) {
      const state = this.#explored ? -1 : this.#frontier.next(this.#machine.visited.count);
      if (state >= 0) this.#expand(state);
      else if (this.#explored) this.#ended = this.#ends.advance();
      else this.#end();
    }
    return this.#ended;
  }

  /** Runs to the end, asking `interrupt` now and then. */
  run(): this {
    const { interrupt } = this.#options;
    while (!this.advance(POLL)) {
      const because = interrupt?.(this.progress());
      if (because !== undefined) this.#giveUp(because);
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
      violated: violatedSoFar(this.#system, this.#judge, this.#stepJudge, this.#ends),
      forecast: forecast(this.#frontier.levelSizes),
    };
  }

  /**
   * What is known now. Before the end, whatever is not decided is undecided because of `because`, or
   * because the search was interrupted.
   */
  result(because?: Because): Result {
    const { order, depthMax } = this.#options;
    // A step that was cut off on one path may lead to a state that was reached on another.
    if (order === 'depth_first' && depthMax !== undefined && this.#cut > 0) {
      this.#liveness?.recordAgain();
    }
    this.#measure();
    // Nobody goes on with what is given up; else what all states together say is told once all of it is known.
    const isOver = this.#ended || (this.#explored && because !== undefined);
    const complete = isOver && this.#because === undefined;
    return summarise({
      scenario: this.#scenario,
      system: this.#system,
      options: this.#options,
      point: this.#point,
      machine: this.#machine,
      judge: this.#judge,
      stepJudge: this.#stepJudge,
      liveness: this.#liveness,
      names: this.#names,
      complete,
      because: complete ? undefined : (this.#because ?? because ?? 'interrupted'),
      ends: this.#ends,
      endsBecause: this.#because ?? this.#endsBecause ?? because ?? 'interrupted',
      generated: this.#generated,
      levels: this.#levels ?? this.#frontier.levels,
      statesCut: this.#cut,
      statesSampled: this.#samples.taken,
    });
  }

  /** Throws a SpecError where another copy of the module of the scenario does not do what was found. */
  compareWith(copy: Scenario): void {
    compareWithCopy(this.#scenario, this.#point, this.#system, this.#machine, copy);
  }

  /** Where the states come from and what they cost: how often each slot multiplies them, which labels took how long. */
  profile(): Profile {
    return profileOf(this.#machine, this.#frontier.levelSizes);
  }

  /**
   * The slots, as `table.id`, that a guard, a recipe or a property has read so far. Two systems that differ in
   * nothing but other slots of constants have the same runs.
   */
  slotsRead(): ReadonlySet<string> {
    const { evaluator, slots } = this.#machine;
    const read = [...evaluator.tracker.everRead, ...this.#steps.slotsRead()];
    return new Set(read.map((slot) => slots.nameOf(slot)));
  }

  /** The step or the property at which a call of `advance` was ended from outside; the search is of no use any more then. */
  underWay(): string | undefined {
    return this.#machine.evaluator.underWay;
  }

  /** Every state that was visited so far, as plain data, in the order of discovery. */
  *states(): Iterable<WorldState> {
    for (let state = 0; state < this.#machine.visited.count; state++) {
      this.#machine.lookAt(state);
      yield worldOf(this.#machine.slots, this.#machine);
    }
  }

  #addInitial(numbers: readonly number[], index: number): void {
    const { visited } = this.#machine;
    const before = visited.count;
    const state = this.#machine.addInitial(numbers, index);
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
    this.#liveness?.edges.from(state);
    let generated = 0;
    // Steps, and steps that change something, that are not faults.
    let ownSteps = 0;
    let ownMoves = 0;
    // Actors that become known meanwhile do not exist in this state, so that they have nothing to do.
    for (let actor = 0; actor < machine.actors.length; actor++) {
      const leaf = machine.leafOf(actor, state);
      const { leaves } = machine;
      const changing = leaves.changing[leaf] as number;
      const steps = changing + (leaves.idle[leaf] as number);
      if (steps === 0) continue;
      generated += steps;
      if (!machine.isFault[actor]) {
        ownSteps += steps;
        ownMoves += changing;
      }
      this.#stepJudge?.judge(state, actor, leaf);
      if (changing > 0) this.#follow(state, actor, leaf, store);
    }
    this.#liveness?.edges.done();
    // A state that depth first search expands again, from nearer to the start, has been counted.
    if (!again) this.#generated += generated;
    if (!again && ownMoves === 0) this.#ends.judge(state, ownSteps === 0);
    if (state >= this.#samples.next) this.#samples.take(state);
    if (machine.visited.bytes > this.#memoryMax) this.#stop('memory_max');
    if (this.#options.stopAtViolation === true && this.progress().violated.length > 0) {
      this.#stop('first_violation');
    }
  }

  #follow(state: number, actor: number, leaf: number, store: boolean): void {
    const { leaves, visited, layout } = this.#machine;
    const first = leaves.first[leaf] as number;
    const last = first + (leaves.changing[leaf] as number);
    for (let outcome = first; outcome < last; outcome++) {
      const known = visited.count;
      const mayStore = store && known < this.#statesMax;
      const next = visited.offer(state, leaves.masks, outcome * layout.width, mayStore);
      if (next === known) {
        this.#frontier.found(next, state);
        this.#judge.judge(next, outcome);
      } else if (next < 0) this.#cutOff();
      else this.#frontier.metAgain(next, state, visited);
      this.#liveness?.record(next, actor, leaf, outcome);
    }
  }

  /** A new state lies beyond a bound. */
  #cutOff(): void {
    this.#cut += 1;
    if (this.#frontier.mayGrow) this.#stop('states_max');
  }

  /** At a bound: what was visited may still show that no end can be reached from some state. */
  #stop(because: Because): void {
    this.#because = because;
    this.#explored = true;
    this.#ended = because === 'first_violation' || !this.#ends.begin(this.#frontier);
  }

  /** Nobody wants to wait for anything. */
  #giveUp(because: Because): void {
    if (this.#explored) this.#endsBecause = because;
    else this.#because = because;
    this.#explored = true;
    this.#ended = true;
  }

  #end(): void {
    this.#explored = true;
    // The levels are measured when somebody asks for the result: that may take longer than any step.
    if (!this.#frontier.levelsNeedPass && this.#cut > 0) this.#because = 'depth_max';
    this.#ended = !this.#ends.begin(this.#frontier);
  }

  /** After a search depth first: what a search breadth first would have known by itself. */
  #measure(): void {
    const isKnown = !this.#explored || this.#because !== undefined || this.#levels !== undefined;
    if (isKnown || !this.#frontier.levelsNeedPass) return;
    const { levels, beyond } = measureLevels(this.#machine);
    this.#levels = levels;
    // What depth first search cut off on one path it may have reached on another.
    this.#cut = beyond;
    if (beyond > 0) this.#because = 'depth_max';
  }
}
