import { setImmediate } from 'node:timers/promises';
import type { Progress } from '../../checker/result/options.ts';
import { progressText } from '../../report/progress-text.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { makeMeter } from '../system/meter.ts';
import type { Stop } from '../system/stop.ts';
import { problemAt, problemFrom } from './problem.ts';
import { foundBefore, runSearch } from './run-search.ts';
import type { Searched, SearchOptions } from './search-run.ts';

/** One point of one scenario. */
export interface Point {
  readonly scenario: Scenario;
  readonly point: AnyPoint;
}

/**
 * What a search found, and the error that ended it. Both are present where it found something
 * before.
 */
export interface Outcome {
  readonly searched?: Searched;
  readonly problem?: SpecProblem;
}

/** The number of a search, from 1, and how many there are. */
export interface Place {
  readonly number: number;
  readonly of: number;
}

/**
 * Runs the search of one point. An error of the model stands beside what the search found before.
 * Throws only CliUsageError, because a wrong command is wrong at every point.
 */
export type RunOne = (point: Point, options: () => SearchOptions, place: Place) => Promise<Outcome>;

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
      return { searched: await runSearch(asked.scenario, options(), stop, show) };
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      const problem = problemAt(asked, problemFrom(error));
      const searched = foundBefore(error);
      return searched === undefined ? { problem } : { searched, problem };
    } finally {
      meter.clear();
    }
  };
}

/** Searches one job after another, until `stop` is requested. Throws CliUsageError. */
export async function* runJobs<J extends Point>(
  jobs: readonly J[],
  optionsOf: (job: J) => SearchOptions,
  stop: Stop,
): AsyncGenerator<Outcome & { readonly job: J; readonly place: Place }> {
  const run = searcher(stop);
  for (const [i, job] of jobs.entries()) {
    if (stop.requested) return;
    const place = { number: i + 1, of: jobs.length };
    yield { job, place, ...(await run(job, () => optionsOf(job), place)) };
  }
}
