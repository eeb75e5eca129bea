import type { Scenario } from '../spec/scenario.ts';
import type { CheckOptions } from './options.ts';
import type { Result } from './result.ts';
import { Search } from './search.ts';

/**
 * Visits every reachable state and answers every property of the scenario.
 * Throws a SpecError when the model is broken, a UsageError for unknown parameters or faults.
 */
export function check(scenario: Scenario, options: CheckOptions = {}): Result {
  return new Search(scenario, options).run().result();
}
