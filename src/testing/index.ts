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
export {
  type CoverOptions,
  coveringRuns,
  type EveryRunOptions,
  everyRun,
} from './every-run.ts';
export { ExpectationError, expectHolds, expectViolated } from './expect.ts';
export { type Budgets, faultBudgets, points } from './points.ts';
export { type RunsOptions, runs } from './runs.ts';
export {
  type Combination,
  combinations,
  type Situation,
  situations,
} from './situations.ts';
