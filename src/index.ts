/**
 * The vocabulary in which a concurrent system is written down, and the checker that visits every
 * state of it.
 *
 * @module racewright
 */

export { check } from './checker/check.ts';
export { type Failure, failuresOf } from './checker/judge/failures.ts';
export { judgeRun, type RunVerdict } from './checker/judge/judge-run.ts';
export { unfairnessOf } from './checker/liveness/unfair.ts';
export { DEADLOCK, NEVER_STUCK, OUT_OF_REACH } from './checker/result/end-questions.ts';
export { type Ledger, shortfalls } from './checker/result/ledger.ts';
export type { CheckOptions, Progress } from './checker/result/options.ts';
export { type Requirement, requirements } from './checker/result/requirements.ts';
export type {
  Change,
  PropertyResult,
  Result,
  Step,
  Trace,
  Verdict,
  WorldState,
} from './checker/result/result.ts';
export type {
  Coverage,
  FoundBy,
  PctBound,
  RichnessBound,
  Simulated,
} from './checker/result/simulated.ts';
export type { StopReason } from './checker/result/stop-reason.ts';
export { UsageError } from './checker/result/usage-error.ts';
export {
  type GoesOn,
  OpenLoopError,
  ReplayError,
  type ReplayOptions,
  replay,
} from './checker/runs/replay.ts';
export { walk } from './checker/runs/walk.ts';
export { BrokenSearch } from './checker/search/broken-search.ts';
export type { Profile } from './checker/search/profile.ts';
export { Search } from './checker/search/search.ts';
export { type CheckDefaults, type Config, defineConfig } from './config/config.ts';
export type { SimulateOptions } from './simulate/options.ts';
export { Simulation, simulate } from './simulate/simulation.ts';
export type { Estimate } from './simulate/timed/estimate.ts';
export {
  type Likelihood,
  type Sensitivity,
  simulateTimed,
  type TimedAnswer,
  type TimedOptions,
  TimedSimulation,
} from './simulate/timed/timed.ts';
export type { Action, Fault } from './spec/action.ts';
export { allDone, atRest } from './spec/at-rest.ts';
export { blocked } from './spec/blocked.ts';
export type { Bag, Channel } from './spec/channel.ts';
export { permutations, product, subsets } from './spec/combine.ts';
export type { Draft, Immutable } from './spec/draft.ts';
export {
  type Basis,
  constant,
  type Duration,
  type Durations,
  exponential,
  uniform,
} from './spec/duration.ts';
export { allBut, type Fairness, stronglyFair, weaklyFair } from './spec/fairness.ts';
export type { Flow, Recipe, Steps } from './spec/flow.ts';
export { choice, type Parameter, range } from './spec/parameters.ts';
export type { Pick } from './spec/pick.ts';
export type { Plain } from './spec/plain.ts';
export type { Labels, Process, Processes, ProcessState, ProcessTable } from './spec/process.ts';
export type { StepAction } from './spec/property.ts';
export type { Property } from './spec/questions.ts';
export { type Expectation, isScenario, type Scenario } from './spec/scenario.ts';
export { type LabelsOf, type Spec, spec } from './spec/spec.ts';
export { SpecError } from './spec/spec-error.ts';
export type { System } from './spec/system.ts';
export type { Time, Timers } from './spec/time.ts';
