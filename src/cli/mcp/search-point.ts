import type { TimedResult } from '../../report/report-json.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { bounded } from '../searching/bounded.ts';
import { explainResult } from '../searching/explain-result.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import type { RunOne } from '../searching/run-one.ts';
import { foundBefore, runSearch } from '../searching/run-search.ts';
import type { SearchOptions } from '../searching/search-run.ts';
import type { Call } from './call.ts';

/** A search takes this share of the budget; the rest is for its verdicts and reasons. */
const searchShare = 0.8;
/** A step takes this share of a search at most, so that one that never ends is named. */
const stepShare = 0.5;

/** The seconds of the next search. */
export const searchSeconds = ({ left }: Call): number => Math.max(0.01, searchShare * left());

/** The options of a search within the budget of a call: no step of the model may take longer. */
export function withinCall(
  call: Call,
  chosen: SelectedScenario,
  options: SearchOptions,
): SearchOptions {
  const secondsMax = searchSeconds(call);
  return {
    ...options,
    secondsMax,
    stepSecondsMax: stepShare * secondsMax,
    copy: () => copyOf(chosen),
  };
}

/** Searches one point. What breaks it is told beside what was found before. */
export const searchOne =
  ({ stop }: Call): RunOne =>
  async (asked, options) => {
    try {
      return { searched: await runSearch(asked.scenario, options(), stop, () => undefined) };
    } catch (error) {
      const problem = problemAt(asked, problemFrom(error));
      const searched = foundBefore(error);
      return searched === undefined ? { problem } : { searched, problem };
    }
  };

/**
 * The result with the reasons of its counterexamples, where the budget allows; without them, and
 * with the problem, where it does not.
 */
export function withReasons(
  call: Call,
  chosen: SelectedScenario,
  point: AnyPoint,
  timed: TimedResult,
  faults: { readonly [name: string]: number } | undefined,
): { readonly timed: TimedResult; readonly problem?: SpecProblem } {
  const job = { ...chosen, point };
  const explain = () => explainResult(job, timed, { faults, graph: false, areShortest: true });
  try {
    return { timed: bounded(explain, 'the search for reasons', Math.max(0.01, call.left())) };
  } catch (error) {
    return { timed, problem: problemFrom(error) };
  }
}
