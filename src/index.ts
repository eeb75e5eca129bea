/**
 * The vocabulary in which a concurrent system is written down, and the checker that visits every
 * state of it.
 *
 * @module racewright
 */

export { BrokenSearch } from './checker/broken-search.ts';
export { check } from './checker/check.ts';
export { DEADLOCK, NEVER_STUCK, OUT_OF_REACH } from './checker/ends/words.ts';
export { type Failure, failuresOf } from './checker/failures.ts';
export { judgeRun, type RunVerdict } from './checker/judge-run.ts';
export { type Ledger, shortfalls } from './checker/ledger.ts';
export type { CheckOptions, Progress } from './checker/options.ts';
export type { Profile } from './checker/profile.ts';
export {
  type GoesOn,
  OpenLoopError,
  ReplayError,
  type ReplayOptions,
  replay,
} from './checker/replay.ts';
export { type Requirement, requirements } from './checker/requirements.ts';
export type {
  Change,
  PropertyResult,
  Result,
  Step,
  Trace,
  Verdict,
  WorldState,
} from './checker/result.ts';
export { Search } from './checker/search.ts';
export type { StopReason } from './checker/stop-reason.ts';
export { unfairnessOf } from './checker/unfair.ts';
export { UsageError } from './checker/usage-error.ts';
export { walk } from './checker/walk.ts';
export type { Action, Fault } from './spec/action.ts';
export { allDone, atRest } from './spec/at-rest.ts';
export { allBut, type Fairness, stronglyFair, weaklyFair } from './spec/fairness.ts';
export type { Flow, Recipe, Steps } from './spec/flow.ts';
export { choice, type Parameter, range } from './spec/parameters.ts';
export type { Pick } from './spec/pick.ts';
export type { Plain } from './spec/plain.ts';
export type { Process, Processes, ProcessState, ProcessTable } from './spec/process.ts';
export type { StepAction } from './spec/property.ts';
export type { Property } from './spec/questions.ts';
export { type Expectation, isScenario, type Scenario } from './spec/scenario.ts';
export { type Spec, spec } from './spec/spec.ts';
export { SpecError } from './spec/spec-error.ts';
export type { System } from './spec/system.ts';
