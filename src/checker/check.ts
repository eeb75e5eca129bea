import type { Scenario } from '../spec/scenario.ts';
import type { CheckOptions, Progress } from './options.ts';
import type { Result, Trace } from './result.ts';

/** A search that can be advanced piece by piece, so that the caller stays responsive. */
export interface Search {
  /** Expands up to `states` further states; true when the search has ended. */
  advance(states: number): boolean;
  progress(): Progress;
  /** What is known now: complete verdicts after the end, undecided ones before ('interrupted' unless told). */
  result(because?: Result['because']): Result;
}

/** Begins a search. Throws a SpecError when the model is broken, a UsageError for unknown parameters. */
export declare function search(scenario: Scenario, options?: CheckOptions): Search;
/** Visits every reachable state. */
export declare function check(scenario: Scenario, options?: CheckOptions): Result;
/** Follows schedule words such as 'detach1.driver_detach[guest=refuses]'. Throws a ReplayError at a word that is not enabled. */
export declare function replay(
  scenario: Scenario,
  words: readonly string[],
  options?: Pick<CheckOptions, 'parameters' | 'faults'>,
): Trace;
/** One walk whose i-th choice is `choices[i]` modulo the number of enabled steps: made for fast-check. Ends early where nothing is enabled. */
export declare function walk(
  scenario: Scenario,
  choices: Iterable<number>,
  options?: Pick<CheckOptions, 'parameters' | 'faults'>,
): Trace;
