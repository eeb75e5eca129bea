import type { Parameters } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { CheckOptions } from './result/options.ts';
import type { Result } from './result/result.ts';
import { BrokenSearch } from './search/broken-search.ts';
import { Search } from './search/search.ts';

/**
 * Visits every reachable state and answers every property of the scenario. Throws a UsageError for
 * unknown parameters or faults, and a SpecError when the model is broken. If states were visited
 * before, the SpecError is a BrokenSearch, whose `found` holds the result so far.
 */
export function check<P extends Parameters>(
  scenario: Scenario<P>,
  options?: CheckOptions<NoInfer<P>>,
): Result;
export function check(scenario: Scenario, options: CheckOptions = {}): Result {
  const search = new Search(scenario, options);
  try {
    return search.run().result();
  } catch (error) {
    throw BrokenSearch.of(error, () => search.known());
  }
}
