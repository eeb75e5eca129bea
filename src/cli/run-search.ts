import { setImmediate } from 'node:timers/promises';
import { restoreClockAndRandomness } from '../checker/forbidden.ts';
import type { CheckOptions, Progress } from '../checker/options.ts';
import type { Because } from '../checker/result.ts';
import { Search } from '../checker/search.ts';
import type { TimedResult } from '../report/report-json.ts';
import type { Scenario } from '../spec/scenario.ts';
import { SpecError } from '../spec/spec-error.ts';
import { endProgram } from './ending.ts';
import { guarded, patienceSeconds, TookTooLong } from './guarded.ts';
import { muted } from './muted.ts';
import { sendSignal } from './process-guards.ts';

/** A flag that Ctrl-C raises. */
export interface Stop {
  readonly requested: boolean;
}

/**
 * Runs a search to its end, to `secondsMax`, or until `stop` is requested: then the result says what is known so far.
 * `watch` is called now and then, with the seconds since the search began. Throws what the checker throws.
 */
export async function runSearch(
  scenario: Scenario,
  options: CheckOptions & {
    readonly secondsMax?: number | undefined;
    /** A step that takes longer than this many seconds is taken for one that never ends. */
    readonly stepSecondsMax?: number | undefined;
    /** Finds the same scenario in a second copy of its module, with which the search is compared. */
    readonly copy?: (() => Promise<Scenario | undefined>) | undefined;
  },
  stop: Stop,
  watch: (progress: Progress, seconds: number) => void,
): Promise<TimedResult & { readonly slotsRead: ReadonlySet<string> }> {
  const {
    secondsMax = Number.POSITIVE_INFINITY,
    stepSecondsMax = Math.min(patienceSeconds, secondsMax + graceSeconds),
    copy,
    ...checkOptions
  } = options;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const search = begun(scenario, checkOptions, stepSecondsMax);
  let slice = sliceFirst;
  let because: Because | undefined;
  while (because === undefined) {
    const before = seconds();
    if (advanced(search, slice, scenario.name, stepSecondsMax)) break;
    slice = nextSlice(slice, seconds() - before);
    watch(search.progress(), seconds());
    await setImmediate();
    if (stop.requested) because = 'interrupted';
    else if (seconds() > secondsMax) because = 'time_max';
  }
  const second = await copy?.();
  if (second !== undefined) {
    await muted(() =>
      watched(() => search.compareWith(second), search, scenario.name, stepSecondsMax),
    );
  }
  const result = search.result(because);
  const took = seconds();
  const timed = { result, seconds: took, slotsRead: search.slotsRead() };
  return checkOptions.clock === undefined ? timed : { ...timed, profile: search.profile() };
}

/** The search with its initial states. Throws what the checker throws, and a SpecError when that does not come to an end. */
function begun(scenario: Scenario, options: CheckOptions, secondsMax: number): Search {
  try {
    return guarded(() => new Search(scenario, options), secondsMax);
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    restoreClockAndRandomness();
    throw neverEnds(
      scenario.name,
      '`system`, `init`, or a property of an initial state',
      secondsMax,
    );
  }
}

/** Expands some states; true when the search has ended. Throws as `begun`: the search is then of no use any more. */
function advanced(search: Search, states: number, name: string, secondsMax: number): boolean {
  return watched(() => search.advance(states), search, name, secondsMax);
}

function watched<T>(call: () => T, search: Search, name: string, secondsMax: number): T {
  try {
    return guarded(call, secondsMax);
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    restoreClockAndRandomness();
    throw neverEnds(name, search.underWay(), secondsMax);
  }
}

function neverEnds(name: string, where: string | undefined, seconds: number): SpecError {
  return new SpecError({
    what: `it has not come to an end in ${seconds} seconds, so that the search was given up: what it had found is lost`,
    where: [`scenario '${name}'`, ...(where === undefined ? [] : [where])].join(', '),
    mend: 'Look for a loop that never ends. What only takes long can be several steps.',
  });
}

/** A bound on the time is kept between two steps; a step that goes on for so much longer than that never ends. */
const graceSeconds = 5;

/** States of the first piece: a step may take a second. */
const sliceFirst = 1;
/** What a piece should take: signals and timers get their turn between two. */
const sliceSeconds = 0.05;

function nextSlice(states: number, took: number): number {
  if (took > sliceSeconds) return Math.max(1, states >> 1);
  if (took < sliceSeconds / 8) return states * 4;
  return took < sliceSeconds / 2 ? states * 2 : states;
}

/** Raised by the first Ctrl-C (or a polite kill); the second one ends the program at once. */
export function stopOnSignal(): Stop {
  const stop = { requested: false };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.requested) endProgram(signal === 'SIGINT' ? 130 : 143);
      stop.requested = true;
    });
  }
  // Stopped between two pieces: while it is stopped in the middle of one, the time of that piece would run out.
  process.on('SIGTSTP', () => sendSignal(process.pid, 'SIGSTOP'));
  return stop;
}
