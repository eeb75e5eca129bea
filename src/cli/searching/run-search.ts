import { setImmediate } from 'node:timers/promises';
import type { StopReason } from '../../checker/result/stop-reason.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { patienceSeconds, TimeoutError } from '../system/run-with-timeout.ts';
import type { Stop } from '../system/stop.ts';
import { type Searched, type SearchOptions, SearchRun, type Watch } from './search-run.ts';

/**
 * Runs a search until it ends, for `secondsMax` seconds, or until `stop` is requested; the result
 * then holds what is known. Calls `watch` now and then with the seconds since the start. Throws
 * what the checker throws; `foundBefore` gives what was found until then.
 */
export async function runSearch(
  scenario: Scenario,
  options: SearchOptions,
  stop: Stop,
  watch: Watch,
): Promise<Searched> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const { secondsMax } = options;
  const isOver = (): StopReason | undefined => {
    if (stop.requested) return 'interrupted';
    return seconds() > (secondsMax ?? Number.POSITIVE_INFINITY) ? 'time_max' : undefined;
  };
  let patience = patienceOf(options);
  let runs = 0;
  let found: Searched | undefined;
  for (;;) {
    const run = new SearchRun(scenario, { ...options, ...patience }, seconds);
    try {
      return richer(await run.toItsEnd(stop, watch), found);
    } catch (error) {
      found = richer(run.known(), found);
      // Ctrl-C is handled here, because it could not be while the model was running.
      await setImmediate();
      const stopReason = isOver();
      patience = againAfter(error, patience, run, runs) ?? failed(run.named(error), found);
      if (!isStarved(error)) runs = run.runs.all;
      // The result ends in the middle, and another run of the search would end in the same place.
      if (stopReason !== undefined)
        return cutOff(found ?? failed(run.named(error), found), stopReason);
    }
  }
}

const kept = new WeakMap<object, Searched>();

/**
 * The verdicts that a search had when it threw this error; undefined when no property was decided.
 */
export function foundBefore(error: unknown): Searched | undefined {
  const found = typeof error === 'object' && error !== null ? kept.get(error) : undefined;
  return found?.result.properties.some(({ verdict }) => verdict !== 'undecided')
    ? found
    : undefined;
}

function failed(error: unknown, found: Searched | undefined): never {
  if (typeof error === 'object' && error !== null && found !== undefined) kept.set(error, found);
  throw error;
}

/**
 * The time limits of one step, in seconds: of the processor, and on the wall before the processor
 * is asked.
 */
interface Patience {
  readonly stepSecondsMax: number;
  readonly stepWallSeconds: number;
}

/**
 * A time bound takes effect between steps. A step that runs this many seconds beyond it counts as
 * endless.
 */
const graceSeconds = 5;

function patienceOf(options: SearchOptions): Patience {
  const { secondsMax = Number.POSITIVE_INFINITY } = options;
  const { stepSecondsMax = Math.min(patienceSeconds, secondsMax + graceSeconds) } = options;
  return { stepSecondsMax, stepWallSeconds: options.stepWallSeconds ?? stepSecondsMax };
}

/** This few runs of recipes last as long as the patience only if one of them never ends. */
const runsMin = 100;

/**
 * The patience for another run of the search; undefined when that would end in the same way. A step
 * with a million picks is a million runs of a recipe, so a run with more time can get further.
 */
function againAfter(
  error: unknown,
  { stepSecondsMax, stepWallSeconds }: Patience,
  { runs, endedAt }: SearchRun,
  runsBefore: number,
): Patience | undefined {
  if (!(error instanceof TimeoutError)) return undefined;
  if (error.again !== undefined) return { stepSecondsMax, stepWallSeconds: error.again };
  const isOneRun = runs.ofPiece < runsMin || runs.all <= runsBefore;
  // No loop outside of the model is endless: it packs states anew or compares many values.
  if (endedAt !== undefined && isOneRun) return undefined;
  return { stepSecondsMax: 2 * stepSecondsMax, stepWallSeconds: 2 * stepWallSeconds };
}

/** True for a run that had less of the processor than its limit, so that its end says nothing. */
function isStarved(error: unknown): boolean {
  return error instanceof TimeoutError && error.again !== undefined;
}

/** The result with more decided. An earlier run may have come further before its time was up. */
function richer<T extends Searched | undefined>(
  found: T,
  earlier: Searched | undefined,
): T | Searched {
  const isRicher = earlier !== undefined && violations(earlier) > violations(found);
  return isRicher ? earlier : found;
}

function violations(found: Searched | undefined): number {
  return found?.result.properties.filter(({ verdict }) => verdict === 'violated').length ?? -1;
}

/** The result of a run that was ended in the middle. */
function cutOff(found: Searched, stopReason: StopReason): Searched {
  const properties = found.result.properties.map((property) =>
    property.verdict === 'undecided' ? { ...property, stopReason } : property,
  );
  const ledger = { ...found.result.ledger, stopReason };
  return { ...found, result: { ...found.result, stopReason, properties, ledger } };
}
