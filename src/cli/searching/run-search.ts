import { setImmediate } from 'node:timers/promises';
import type { StopReason } from '../../checker/result/stop-reason.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { patienceSeconds, TimeoutError } from '../system/run-with-timeout.ts';
import type { Stop } from '../system/stop.ts';
import { type Searched, type SearchOptions, SearchRun, type Watch } from './search-run.ts';

/**
 * Runs a search to its end, to `secondsMax`, or until `stop` is requested: then the result says
 * what is known so far. `watch` is called now and then, with the seconds since the search began.
 * Throws what the checker throws; what was found before is kept (see `foundBefore`).
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
      // Ctrl-C gets its turn here: while the model was being evaluated it could not.
      await setImmediate();
      const stopReason = isOver();
      patience = againAfter(error, patience, run, runs) ?? failed(run.named(error), found);
      if (!isStarved(error)) runs = run.runs.all;
      // The search was ended in the middle of something, and it is the same whenever it is run.
      if (stopReason !== undefined)
        return cutOff(found ?? failed(run.named(error), found), stopReason);
    }
  }
}

const kept = new WeakMap<object, Searched>();

/**
 * What a search had found when it threw this error; undefined when that is nothing: no property was
 * decided.
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

/** How long one step may take: of the processor, and on the wall before the processor is asked. */
interface Patience {
  readonly stepSecondsMax: number;
  readonly stepWallSeconds: number;
}

/**
 * A bound on the time is kept between two steps; a step that goes on for so much longer than that
 * never ends.
 */
const graceSeconds = 5;

function patienceOf(options: SearchOptions): Patience {
  const { secondsMax = Number.POSITIVE_INFINITY } = options;
  const { stepSecondsMax = Math.min(patienceSeconds, secondsMax + graceSeconds) } = options;
  return { stepSecondsMax, stepWallSeconds: options.stepWallSeconds ?? stepSecondsMax };
}

/**
 * So few runs of recipes do not take as long as the patience lasts, unless one of them never ends.
 */
const runsMin = 100;

/**
 * The patience for another run of the search; undefined when it would end in the same way. A step
 * with a million picks is a million runs of a recipe: it goes on as long as the next run of the
 * search, given more time, comes further.
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
  // Outside of the model nothing loops for ever: states are packed anew, or many values are
  // compared.
  if (endedAt !== undefined && isOneRun) return undefined;
  return { stepSecondsMax: 2 * stepSecondsMax, stepWallSeconds: 2 * stepWallSeconds };
}

/** How far such a run came says nothing: it had less of the processor than it may have. */
function isStarved(error: unknown): boolean {
  return error instanceof TimeoutError && error.again !== undefined;
}

/**
 * An earlier run of the same search may have come further, before it was ended for taking too long.
 */
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

/** What was found by a run that was ended in the middle. */
function cutOff(found: Searched, stopReason: StopReason): Searched {
  const properties = found.result.properties.map((property) =>
    property.verdict === 'undecided' ? { ...property, stopReason } : property,
  );
  const ledger = { ...found.result.ledger, stopReason };
  return { ...found, result: { ...found.result, stopReason, properties, ledger } };
}
