import type { Scenario } from '../../spec/scenario.ts';
import type { Ends } from '../ends/ends.ts';
import type { Counts, Expansion } from '../expansion/expansion.ts';
import type { CheckOptions, Progress } from '../result/options.ts';
import type { Result, WorldState } from '../result/result.ts';
import type { StopReason } from '../result/stop-reason.ts';
import { type Frontier, frontierOf } from '../state/frontier.ts';
import type { Machine } from '../transitions/machine.ts';
import { type Assembled, assemble } from './assemble.ts';
import { expansionFor } from './expansion-for.ts';
import { forecast } from './forecast.ts';
import { Growth } from './growth.ts';
import { measureLevels } from './levels.ts';
import { isOutOfMemory, MemoryBound, reasonOf } from './memory.ts';
import { type Profile, profileOf } from './profile.ts';
import type { Samples } from './samples.ts';
import { violatedSoFar } from './summary.ts';
import { type Found, Verdicts } from './verdicts.ts';
import { slotsRead, visitedWorlds } from './visited-worlds.ts';

/** The number of states between two calls of `interrupt`. */
const POLL = 4096;

/** The number of states between two looks at a bounded memory. */
const RUN_MAX = 64;

/** A search that runs in pieces, so that its caller stays responsive. */
export class Search {
  readonly #options: CheckOptions;
  readonly #parts: Assembled;
  readonly #machine: Machine;
  readonly #frontier: Frontier;
  readonly #verdicts: Verdicts;
  readonly #memory: MemoryBound;
  /** The initial states; empty once they are visited. */
  #initial: readonly (readonly number[])[];
  readonly #ends: Ends;
  readonly #expansion: Expansion;
  readonly #counts: Counts = { generated: 0 };
  /** How often a bound kept a new state from being stored. */
  #cut = 0;
  #stopReason: StopReason | undefined;
  /**
   * True when no further state will be visited. Questions about all states together may still be
   * open.
   */
  #explored = false;
  #ended = false;
  /** Why the search for ends did not cover all visited states. */
  #endsStopReason: StopReason | undefined;
  #levels: number | undefined;
  readonly #samples: Samples;
  readonly #growth = new Growth();

  /**
   * Throws a SpecError when the model is broken before its first state, and a UsageError for
   * unknown parameters or faults.
   */
  constructor(scenario: Scenario, options: CheckOptions = {}) {
    this.#options = options;
    const parts = assemble(scenario, options);
    this.#parts = parts;
    this.#machine = parts.machine;
    this.#ends = parts.ends;
    this.#samples = parts.samples;
    this.#initial = parts.initial;
    this.#frontier = frontierOf(options);
    this.#expansion = expansionFor(options, {
      ...parts,
      frontier: this.#frontier,
      statesMax: options.statesMax ?? Number.POSITIVE_INFINITY,
      counts: this.#counts,
      cutOff: () => this.#cutOff(),
    });
    this.#verdicts = new Verdicts({ scenario, options, ...parts });
    const { memoryMaxBytes } = options;
    this.#memory = new MemoryBound(memoryMaxBytes, parts.machine, this.#expansion, parts.liveness);
  }

  /**
   * Expands up to `states` further states. Returns true when the search has ended, also for lack of
   * memory. Throws a SpecError when the model is broken; `known` then has what was found before.
   */
  advance(states: number): boolean {
    try {
      this.#begin();
      for (let i = 0; i < states && !this.#ended; i++) {
        const run = this.#explored ? 0 : this.#expandRun(states - i);
        i += run;
        if (this.#ended || i >= states) break;
        const state = this.#explored ? -1 : this.#frontier.next(this.#machine.visited.count);
        if (state >= 0) this.#expand(state);
        else if (this.#explored) this.#ended = this.#ends.advance();
        else this.#end();
      }
    } catch (error) {
      this.#breakOff(error);
    }
    this.#growth.note(this.#frontier, this.#machine.slots);
    return this.#ended;
  }

  /** Runs to the end, calling `interrupt` now and then. Throws as `advance` does. */
  run(): this {
    const { interrupt } = this.#options;
    while (!this.advance(POLL)) {
      const stopReason = interrupt?.(this.progress());
      if (stopReason !== undefined) this.#giveUp(stopReason);
    }
    return this;
  }

  progress(): Progress {
    const states = this.#machine.visited.count;
    return {
      states,
      generated: this.#counts.generated,
      levels: this.#frontier.levels,
      waiting: this.#frontier.waiting(states),
      violated: this.#violated(),
      forecast: forecast(this.#frontier.levelSizes, states),
      growing: this.#growth.growing(this.#machine.slots),
    };
  }

  #violated(): readonly string[] {
    const { system, stateChecker, stepChecker, ends } = this.#parts;
    return violatedSoFar(system, stateChecker, stepChecker, ends);
  }

  /**
   * The result so far. Before the end, open properties are undecided for `stopReason`, or because
   * the search was interrupted. Throws a SpecError when the model breaks in a question that is
   * asked only now; see `known`.
   */
  result(stopReason?: StopReason): Result {
    this.#begin();
    const { order, depthMax } = this.#options;
    try {
      // A step that was cut off on one path may lead to a state that was reached on another.
      if (order === 'depth_first' && depthMax !== undefined && this.#cut > 0) {
        this.#parts.liveness?.recordAgain();
      }
      this.#measure();
    } catch (error) {
      this.#breakOff(error);
    }
    return this.#verdicts.result(this.#findings(stopReason));
  }

  /**
   * The result up to an error, or to an end from outside. Does not throw. `asksLiveness` is false
   * where the question about infinite runs is what does not end.
   */
  known(asksLiveness = true): Result {
    return this.#verdicts.known(this.#findings('error'), asksLiveness);
  }

  #findings(given: StopReason | undefined): Found {
    const stopReason = given ?? 'interrupted';
    // A search that is given up does not continue. Otherwise a complete answer waits for the passes
    // over all states.
    const isOver = this.#ended || (this.#explored && given !== undefined);
    const complete = isOver && this.#stopReason === undefined;
    return {
      complete,
      stopReason: complete ? undefined : (this.#stopReason ?? stopReason),
      endsStopReason: this.#stopReason ?? this.#endsStopReason ?? stopReason,
      generated: this.#counts.generated,
      levels: this.#levels ?? this.#frontier.levels,
      statesCut: this.#cut,
      statesSampled: this.#samples.taken,
      growing: complete ? [] : this.#growth.growing(this.#machine.slots),
    };
  }

  /** Ends the search. Throws the error again, unless it is a lack of memory. */
  #breakOff(error: unknown): void {
    this.#giveUp(reasonOf(error));
    if (isOutOfMemory(error)) return;
    this.#stopReason = 'error';
    throw error;
  }

  /** Throws a SpecError where another copy of the scenario's module behaves differently. */
  compareWith(copy: Scenario): void {
    this.#verdicts.compareWith(copy);
  }

  /**
   * Where the states come from and what they cost: how often each slot multiplies them, and which
   * labels took how long.
   */
  profile(): Profile {
    return profileOf(this.#machine, this.#frontier.levelSizes);
  }

  /**
   * The slots, as `table.id`, that a guard, a recipe or a property has read so far. Systems that
   * differ only in other constant slots have the same runs.
   */
  slotsRead(): ReadonlySet<string> {
    return slotsRead(this.#machine, this.#parts.steps);
  }

  /** The evaluations and the store, for a caller that ends the search from outside. */
  get underWay(): Pick<Machine, 'evaluator' | 'visited' | 'counters' | 'fired'> {
    return this.#machine;
  }

  /** Every visited state as plain data, in the order of discovery. */
  states(): Iterable<WorldState> {
    return visitedWorlds(this.#machine);
  }

  #begin(): void {
    const { visited } = this.#machine;
    const initial = this.#initial;
    this.#initial = [];
    for (const [i, numbers] of initial.entries()) {
      const before = visited.count;
      const state = this.#machine.addInitial(numbers, i);
      this.#counts.generated += 1;
      if (state !== before) continue;
      this.#frontier.addInitial(state);
      this.#parts.stateChecker.judgeInitial(state);
    }
  }

  /** Expands at most `most` states of one level at once, if it can. Returns how many. */
  #expandRun(most: number): number {
    if (this.#expansion.expandRun === undefined) return 0;
    const { next, end } = this.#frontier.ahead;
    // The bound on memory is checked only between runs.
    const length = this.#options.memoryMaxBytes === undefined ? most : Math.min(most, RUN_MAX);
    const to = Math.min(end, next + length, this.#samples.next + 1);
    const states = to <= next ? 0 : this.#expansion.expandRun(next, to, end);
    if (states === 0) return 0;
    this.#machine.counters.expansions += states;
    this.#machine.counters.kernel.states += states;
    this.#frontier.skip(states);
    const last = next + states - 1;
    if (last >= this.#samples.next) this.#samples.take(last);
    if (this.#memory.isExceeded) this.#stop('memory_max');
    return states;
  }

  #expand(state: number): void {
    this.#machine.beginExpansion();
    this.#expansion.expand(state);
    if (state >= this.#samples.next) this.#samples.take(state);
    if (this.#memory.isExceeded) this.#stop('memory_max');
    if (this.#options.stopAtViolation === true && this.#violated().length > 0) {
      this.#stop('first_violation');
    }
  }

  /** To be called when a new state lies beyond a bound. */
  #cutOff(): void {
    this.#cut += 1;
    if (this.#frontier.mayGrow) this.#stop('states_max');
  }

  /**
   * Stops at a bound. The visited states may still show that from some of them no end can be
   * reached.
   */
  #stop(stopReason: StopReason): void {
    this.#stopReason = stopReason;
    this.#explored = true;
    this.#ended = stopReason === 'first_violation' || !this.#ends.begin(this.#frontier);
  }

  /** Ends the search without the open passes. */
  #giveUp(stopReason: StopReason): void {
    if (this.#explored) this.#endsStopReason = stopReason;
    else this.#stopReason = stopReason;
    this.#explored = true;
    this.#ended = true;
  }

  #end(): void {
    this.#explored = true;
    // The levels are measured when the caller asks for the result, because that may take longer
    // than any step.
    if (!this.#frontier.levelsNeedPass && this.#cut > 0) this.#stopReason = 'depth_max';
    this.#ended = !this.#ends.begin(this.#frontier);
  }

  /** Measures the levels after a depth-first search. A breadth-first search knows them already. */
  #measure(): void {
    const isKnown = !this.#explored || this.#stopReason !== undefined || this.#levels !== undefined;
    if (isKnown || !this.#frontier.levelsNeedPass) return;
    const { levels, beyond } = measureLevels(this.#parts);
    this.#levels = levels;
    // A state that depth-first search cut off on one path may have been reached on another.
    this.#cut = beyond;
    if (beyond > 0) this.#stopReason = 'depth_max';
  }
}
