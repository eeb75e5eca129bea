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
  /**
   * A step that takes longer than this many seconds of processor time is taken for one that never
   * ends.
   */
  readonly stepSecondsMax?: number | undefined;
  /** Finds the same scenario in a second copy of its module, with which the search is compared. */
  readonly copy?: (() => Promise<Scenario | undefined>) | undefined;
  /** How long such a step may take on the wall before that is asked; the same when left out. */
  readonly stepWallSeconds?: number | undefined;
}

/** A result with what it took, and the slots that were read for it. */
export type Searched = TimedResult & { readonly slotsRead: ReadonlySet<string> };

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
  /**
   * What of the model was being evaluated when it took too long; undefined when that was nothing.
   */
  endedAt: string | undefined;
  /** False once the question about runs that go on for ever was what did not end. */
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

  /** How often something of the model was run, and how often in the piece under way. */
  get runs(): { readonly all: number; readonly ofPiece: number } {
    const all = this.#search?.underWay.evaluator.runs ?? 0;
    return { all, ofPiece: all - this.#runsBefore };
  }

  /** What was found until this run was ended by an error, or in the middle. */
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
        // It was ended in the middle of writing down a state, or what is asked about the runs does
        // not end either.
      }
    }
    return undefined;
  }

  /**
   * The error for a step, or what else of the model was being evaluated, that does not come to an
   * end.
   */
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
   * The verdicts may ask the model about every state once more, so that the time for it grows with
   * the search. What takes long without the model is no loop of the model's.
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
        // What is asked afterwards, to draw up what was found, is evaluated in its turn.
        this.endedAt ??= this.#search === undefined ? '`system` or `init`' : this.#underWay();
      }
      throw error;
    }
  }

  #underWay(): string | undefined {
    return this.#search?.underWay.evaluator.underWay;
  }

  #timed(result: Result, search: Search): Searched {
    const timed = { result, seconds: this.#seconds(), slotsRead: search.slotsRead() };
    return this.#options.clock === undefined ? timed : { ...timed, profile: search.profile() };
  }
}

/** States of the first piece: a step may take a second. */
const sliceFirst = 1;
/** What a piece should take: signals and timers get their turn between two. */
const sliceSeconds = 0.05;

function nextSlice(states: number, took: number): number {
  if (took > sliceSeconds) return Math.max(1, states >> 1);
  if (took < sliceSeconds / 8) return states * 4;
  return took < sliceSeconds / 2 ? states * 2 : states;
}
