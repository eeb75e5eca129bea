import { setImmediate } from 'node:timers/promises';
import type { CheckOptions, Progress } from '../checker/options.ts';
import type { Because } from '../checker/result.ts';
import { Search } from '../checker/search.ts';
import type { TimedResult } from '../report/report-json.ts';
import type { Scenario } from '../spec/scenario.ts';

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
  options: CheckOptions & { readonly secondsMax?: number | undefined },
  stop: Stop,
  watch: (progress: Progress, seconds: number) => void,
): Promise<TimedResult & { readonly slotsRead: ReadonlySet<string> }> {
  const { secondsMax = Number.POSITIVE_INFINITY, ...checkOptions } = options;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const search = new Search(scenario, checkOptions);
  let slice = sliceFirst;
  let because: Because | undefined;
  while (because === undefined) {
    const before = seconds();
    if (search.advance(slice)) break;
    slice = nextSlice(slice, seconds() - before);
    watch(search.progress(), seconds());
    await setImmediate();
    if (stop.requested) because = 'interrupted';
    else if (seconds() > secondsMax) because = 'time_max';
  }
  const result = search.result(because);
  const took = seconds();
  const timed = { result, seconds: took, slotsRead: search.slotsRead() };
  return checkOptions.clock === undefined ? timed : { ...timed, profile: search.profile() };
}

/** States of the first piece: few enough for a model whose every step takes a millisecond. */
const sliceFirst = 64;
/** What a piece should take: signals and timers get their turn between two. */
const sliceSeconds = 0.05;

function nextSlice(states: number, took: number): number {
  if (took > sliceSeconds) return Math.max(1, states >> 1);
  return took < sliceSeconds / 2 ? states * 2 : states;
}

/** Raised by the first Ctrl-C (or a polite kill); the second one ends the program at once. */
export function stopOnSignal(): Stop {
  const stop = { requested: false };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.requested) process.exit(signal === 'SIGINT' ? 130 : 143);
      stop.requested = true;
    });
  }
  return stop;
}
