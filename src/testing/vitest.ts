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
 * Makes a test of vitest for each point at which the scenario says what it expects. Throws a
 * SpecError for a scenario that states no expectation.
 */
export function expectAsExpected(scenario: Scenario, options: AsExpectedOptions = {}): void {
  makeTests(scenario, test, options);
}

/** The matchers that importing `racewright/vitest` adds to `expect(scenario)`. */
export interface ScenarioMatchers {
  /** Every property holds, after every reachable state was visited. */
  toHold(options?: CheckOptions): void;
  /** This property is violated, after `steps` steps if they are given. */
  toViolate(property: string, options?: CheckOptions & { readonly steps?: number }): void;
  /** All is as the scenario expects at this point. */
  toBeAsExpected(options?: CheckOptions): void;
}

declare module 'vitest' {
  interface Matchers<T> extends ScenarioMatchers {}
}

/** What vitest wants to know: whether it matches, and what to print where that is not so. */
function matched(received: unknown, name: string, run: (scenario: Scenario) => unknown) {
  if (!isScenario(received)) throw new TypeError(`${name} is about a scenario`);
  try {
    run(received);
    return { pass: true, message: () => `'${received.name}': not.${name} was expected` };
  } catch (error) {
    // A broken model is neither one nor the other.
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
