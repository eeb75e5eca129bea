/**
 * Tests and matchers for vitest: a test for each expectation of a scenario, and
 * `expect(scenario).toHold()`. Importing it adds the matchers.
 *
 * @module racewright/vitest
 */

import { expect, test } from 'vitest';
import type { CheckOptions } from '../checker/result/options.ts';
import { isScenario, type Scenario } from '../spec/scenario.ts';
import {
  type AsExpectedOptions,
  expectAsExpected as makeTests,
  resultAsExpected,
} from './as-expected.ts';
import { ExpectationError, expectHolds, expectViolated } from './expect.ts';

/**
 * Makes a vitest test for each point with a stated expectation. Throws a SpecError for a scenario
 * without expectations.
 */
export function expectAsExpected(scenario: Scenario, options: AsExpectedOptions = {}): void {
  makeTests(scenario, test, options);
}

/** The matchers that importing `racewright/vitest` adds to `expect(scenario)`. */
export interface ScenarioMatchers {
  /** Every property holds, after every reachable state was visited. */
  toHold(options?: CheckOptions): void;
  /** This property is violated, after `steps` steps if `steps` is given. */
  toViolate(property: string, options?: CheckOptions & { readonly steps?: number }): void;
  /** The result at this point is as the scenario expects. */
  toBeAsExpected(options?: CheckOptions): void;
}

declare module 'vitest' {
  interface Matchers<T> extends ScenarioMatchers {}
}

/** The answer to vitest: whether the scenario matches, and the text to print if it does not. */
function matched(received: unknown, name: string, run: (scenario: Scenario) => unknown) {
  if (!isScenario(received)) throw new TypeError(`${name} is about a scenario`);
  try {
    run(received);
    return { pass: true, message: () => `'${received.name}': not.${name} was expected` };
  } catch (error) {
    // // A broken model neither matches nor fails to match.
    if (!(error instanceof ExpectationError)) throw error;
    return { pass: false, message: () => error.message };
  }
}

expect.extend({
  toHold: (received: unknown, options?: CheckOptions) =>
    matched(received, 'toHold', (scenario) => expectHolds(scenario, options)),
  toViolate: (
    received: unknown,
    property: string,
    options?: CheckOptions & { readonly steps?: number },
  ) => matched(received, 'toViolate', (scenario) => expectViolated(scenario, property, options)),
  toBeAsExpected: (received: unknown, options?: CheckOptions) =>
    matched(received, 'toBeAsExpected', (scenario) => resultAsExpected(scenario, options)),
});
