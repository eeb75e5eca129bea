import { setImmediate } from 'node:timers/promises';
import type { CheckOptions, Progress } from '../../checker/result/options.ts';
import type { Result } from '../../checker/result/result.ts';
import type { StopReason } from '../../checker/result/stop-reason.ts';
import { Search } from '../../checker/search/search.ts';
import type { TimedResult } from '../../report/report-json.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { Headroom } from '../system/headroom.ts';
import { muted } from '../system/muted.ts';
import { runWithTimeout, TimeoutError } from '../system/run-with-timeout.ts';
import type { Stop } from '../system/stop.ts';
import { threadTime } from '../system/thread-time.ts';

export interface SearchOptions extends CheckOptions {
  readonly secondsMax?: number | undefined;
  /** Seconds of processor time after which a step counts as endless. */
  readonly stepSecondsMax?: number | undefined;
  /** Loads the scenario from a second copy of its module. The search is compared with that copy. */
  readonly copy?: (() => Promise<Scenario | undefined>) | undefined;
  /**
   * Seconds of wall time after which the processor time is asked; the same as the limit by default.
   */
  readonly stepWallSeconds?: number | undefined;
}

/** A result with its time, the slots that the search read, and how many labels were enabled. */
export type Searched = TimedResult & {
  readonly slotsRead: ReadonlySet<string>;
  readonly labels?: number;
};

export type Watch = (progress: Progress, seconds: number) => void;

/** One run of the search from its beginning. */
export class SearchRun {
  readonly #scenario: Scenario;
  readonly #options: SearchOptions & { readonly stepSecondsMax: number };
  readonly #seconds: () => number;
  readonly #headroom: Headroom;
  #search: Search | undefined;
  #runsBefore = 0;
  readonly #ranBefore = threadTime()?.ran ?? 0;
  /** The part of the model that was running when the time was up; undefined when it was none. */
  endedAt: string | undefined;
  /** False once the question about infinite runs was what did not end. */
  #asksLiveness = true;

  constructor(
    scenario: Scenario,
    options: SearchOptions & { readonly stepSecondsMax: number },
    seconds: () => number,
  ) {
    this.#scenario = scenario;
    this.#options = options;
    this.#seconds = seconds;
    this.#headroom = new Headroom(options.memoryMaxBytes);
  }

  async toItsEnd(stop: Stop, watch: Watch): Promise<Searched> {
    const { secondsMax = Number.POSITIVE_INFINITY } = this.#options;
    const search = this.#guarded(() => new Search(this.#scenario, this.#options));
    this.#search = search;
    let slice = sliceFirst;
    let stopReason: StopReason | undefined;
    while (stopReason === undefined) {
      const before = this.#seconds();
      this.#runsBefore = search.underWay.evaluator.runs;
      if (this.#guarded(() => search.advance(slice))) break;
      const took = this.#headroom.wasLarge() ? sliceSeconds * 2 : this.#seconds() - before;
      slice = nextSlice(slice, took);
      watch(search.progress(), this.#seconds());
      await setImmediate();
      if (stop.requested) stopReason = 'interrupted';
      else if (this.#seconds() > secondsMax) stopReason = 'time_max';
      else stopReason = this.#headroom.shortage(search.underWay.visited.growthBytes);
    }
    const second = await this.#options.copy?.();
    if (second !== undefined) {
      await muted(() => this.#guarded(() => search.compareWith(second)));
    }
    return this.#timed(this.#result(search, stopReason), search);
  }

  /** How many recipes ran in all, and how many in the present piece. */
  get runs(): { readonly all: number; readonly ofPiece: number } {
    const all = this.#search?.underWay.evaluator.runs ?? 0;
    return { all, ofPiece: all - this.#runsBefore };
  }

  /** The verdicts at the point where an error or the time limit ended this run. */
  known(): Searched | undefined {
    const search = this.#search;
    if (search === undefined) return undefined;
    for (const asksLiveness of this.#asksLiveness ? [true, false] : [false]) {
      try {
        return this.#timed(
          this.#guarded(() => search.known(asksLiveness)),
          search,
        );
      } catch {
        // The run ended while it stored a state, or the question about infinite runs does not end
        // either.
      }
    }
    return undefined;
  }

  /** The error for a step, or another part of the model, that does not end. */
  named(error: unknown): unknown {
    if (!(error instanceof TimeoutError)) return error;
    const { seconds, clock } = error;
    const where = this.endedAt;
    return new SpecError({
      what: `it has not ended after ${Math.round(seconds * 10) / 10} ${clock}, and the search was given up`,
      where: [`scenario '${this.#scenario.name}'`, ...(where === undefined ? [] : [where])].join(
        ', ',
      ),
      mend: 'Look for a loop that never ends. Split work that only takes long into several steps.',
    });
  }

  /**
   * Draws up the result. The verdicts may ask the model about every state again, so their time
   * limit grows with the search. Slow code outside of the model is not reported as a loop of the
   * model.
   */
  #result(search: Search, stopReason: StopReason | undefined): Result {
    this.#asksLiveness = false;
    const searched = (threadTime()?.ran ?? this.#seconds()) - this.#ranBefore;
    for (let most = this.#options.stepSecondsMax + 4 * searched; ; most *= 4) {
      try {
        return this.#guarded(() => search.result(stopReason), most);
      } catch (error) {
        if (!(error instanceof TimeoutError) || this.#underWay() !== undefined) throw error;
      }
    }
  }

  #guarded<T>(call: () => T, secondsMax: number = this.#options.stepSecondsMax): T {
    const wall = Math.max(secondsMax, this.#options.stepWallSeconds ?? 0);
    try {
      return runWithTimeout(call, secondsMax, wall);
    } catch (error) {
      if (error instanceof TimeoutError) {
        // The evaluations that draw up the result afterwards must not replace the place where the
        // run ended.
        this.endedAt ??= this.#search === undefined ? '`system` or `init`' : this.#underWay();
      }
      throw error;
    }
  }

  #underWay(): string | undefined {
    return this.#search?.underWay.evaluator.underWay;
  }

  #timed(result: Result, search: Search): Searched {
    const labels = search.underWay.fired.count;
    const timed = { result, seconds: this.#seconds(), slotsRead: search.slotsRead(), labels };
    return this.#options.clock === undefined ? timed : { ...timed, profile: search.profile() };
  }
}

/** The number of states in the first piece, because one step may take a second. */
const sliceFirst = 1;
/** The intended length of a piece in seconds; signals and timers get their turn between pieces. */
const sliceSeconds = 0.05;

function nextSlice(states: number, took: number): number {
  if (took > sliceSeconds) return Math.max(1, states >> 1);
  if (took < sliceSeconds / 8) return states * 4;
  return took < sliceSeconds / 2 ? states * 2 : states;
}
