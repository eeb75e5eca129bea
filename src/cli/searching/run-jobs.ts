import { setImmediate } from 'node:timers/promises';
import type { Progress } from '../../checker/result/options.ts';
import { progressText } from '../../report/progress-text.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { makeMeter } from '../system/meter.ts';
import type { Stop } from '../system/stop.ts';
import { problemAt, problemFrom } from './problem.ts';
import type { Outcome, Place, Point, RunOne } from './run-one.ts';
import { foundBefore, runSearch } from './run-search.ts';
import type { SearchOptions, Watch } from './search-run.ts';
import type { VerdictCache } from './verdict-cache.ts';
import { withinBudget } from './within-budget.ts';

/** How jobs are run together. */
export interface RunJobsOptions {
  readonly cache?: VerdictCache | undefined;
  /** Seconds of wall time for all of them. */
  readonly budget?: number | undefined;
}

/** Makes a function that searches points and shows the progress of each on standard error. */
export function searcher(stop: Stop): RunOne {
  const meter = makeMeter();
  return async (asked, options, place) => {
    // Gives signals and timers their turn, because a small search ends before.
    await setImmediate();
    const running = { name: asked.scenario.name, ...place };
    const show = (progress: Progress, seconds: number): void =>
      meter.show((width) => progressText({ ...running, progress, seconds }, width));
    try {
      return await outcomeOf(asked, options, stop, show);
    } finally {
      meter.clear();
    }
  };
}

/** Searches one point. Throws CliUsageError only. */
export async function outcomeOf(
  asked: Point,
  options: () => SearchOptions,
  stop: Stop,
  watch: Watch,
): Promise<Outcome> {
  try {
    return { searched: await runSearch(asked.scenario, options(), stop, watch) };
  } catch (error) {
    if (error instanceof CliUsageError) throw error;
    const problem = problemAt(asked, problemFrom(error));
    const searched = foundBefore(error);
    return searched === undefined ? { problem } : { searched, problem };
  }
}

/**
 * Searches one job after another, until `stop` is requested. What the cache has is not searched;
 * with a budget, in seconds, what it cuts off comes last. Throws CliUsageError.
 */
export async function* runJobs<J extends Point>(
  jobs: readonly J[],
  optionsOf: (job: J) => SearchOptions,
  stop: Stop,
  { cache, budget }: RunJobsOptions = {},
): AsyncGenerator<Outcome & { readonly job: J; readonly place: Place }> {
  const run = cache === undefined ? searcher(stop) : fromCache(cache, searcher(stop));
  if (budget !== undefined) {
    yield* withinBudget(jobs, optionsOf, { run, stop, seconds: budget });
    return;
  }
  for (const [i, job] of jobs.entries()) {
    if (stop.requested) return;
    const place = { number: i + 1, of: jobs.length };
    yield { job, place, ...(await run(job, () => optionsOf(job), place)) };
  }
}

/** Takes what the cache has, and keeps what is found in it. */
function fromCache(cache: VerdictCache, run: RunOne): RunOne {
  return async (asked, optionsOf, place) => {
    const options = optionsOf();
    const known = await cache.keyOf(asked, options);
    const before = 'key' in known ? cache.get(known.key) : undefined;
    if (before !== undefined) return { searched: { ...before, cached: true } };
    const outcome = await run(asked, () => options, place);
    if ('open' in known) cache.noteOpen(asked.scenario.name, known.open);
    else if (outcome.problem === undefined && outcome.searched !== undefined) {
      cache.put(known.key, outcome.searched);
    }
    return outcome;
  };
}
