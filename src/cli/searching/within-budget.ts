import type { Stop } from '../system/stop.ts';
import type { Outcome, Place, Point, RunOne } from './run-one.ts';
import type { SearchOptions } from './search-run.ts';

/** A search that its share of the budget has cut off, and the seconds that it had. */
interface Cut<J> {
  readonly job: J;
  readonly place: Place;
  readonly outcome: Outcome;
  readonly had: number;
}

/** A longer run of the same search has to come further to be worth its time. */
const moreMin = 1.2;
/** Seconds that a search gets when none are left: its initial states are judged. */
const secondsMin = 0.01;

/**
 * Searches all jobs within `seconds` of wall time together. Each gets an equal share of what is
 * left, so that a large one keeps no small one from being decided. What the small ones have left
 * goes to those that were cut off, which are searched again. Those come last. Throws as `run`.
 */
export async function* withinBudget<J extends Point>(
  jobs: readonly J[],
  optionsOf: (job: J) => SearchOptions,
  { run, stop, seconds }: { readonly run: RunOne; readonly stop: Stop; readonly seconds: number },
): AsyncGenerator<Outcome & { readonly job: J; readonly place: Place }> {
  const began = performance.now();
  const share = (of: number): number =>
    Math.max(secondsMin, (seconds - (performance.now() - began) / 1000) / of);
  const search = (job: J, place: Place, secondsMax: number): Promise<Outcome> =>
    run(job, () => capped(optionsOf(job), secondsMax), place);
  const cut: Cut<J>[] = [];
  for (const [i, job] of jobs.entries()) {
    if (stop.requested) break;
    const place = { number: i + 1, of: jobs.length };
    const had = share(jobs.length - i);
    const outcome = await search(job, place, had);
    if (isCut(outcome, optionsOf(job), had)) cut.push({ job, place, outcome, had });
    else yield { job, place, ...outcome };
  }
  for (const [i, { job, place, outcome, had }] of cut.entries()) {
    const more = share(cut.length - i);
    const isWorthIt = more > moreMin * had && !stop.requested;
    yield { job, place, ...(isWorthIt ? await search(job, place, more) : outcome) };
  }
}

function capped(options: SearchOptions, secondsMax: number): SearchOptions {
  return { ...options, secondsMax: Math.min(secondsMax, options.secondsMax ?? secondsMax) };
}

/** Whether it was the share that cut the search off, and no bound of the search itself. */
function isCut({ searched }: Outcome, { secondsMax }: SearchOptions, had: number): boolean {
  return (
    searched?.result.stopReason === 'time_max' && had < (secondsMax ?? Number.POSITIVE_INFINITY)
  );
}
