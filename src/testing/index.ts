export { ExpectationError, expectHolds, expectViolated } from './expect.ts';
export { type RunsOptions, runs } from './runs.ts';
