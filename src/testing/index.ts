/**
 * Expectations and runs for property tests with fast-check.
 *
 * @module racewright/testing
 */

export {
  type AsExpectedOptions,
  expectAsExpected,
  type MakeTest,
  resultAsExpected,
} from './as-expected.ts';
export { ExpectationError, expectHolds, expectViolated } from './expect.ts';
export { type RunsOptions, runs } from './runs.ts';
