/**
 * Real asynchronous code in every order of its calls.
 *
 * @module racewright/async
 */

export { type CodeModel, type ModelOptions, modelOf } from './conform/code-model.ts';
export { Deviation } from './conform/deviation.ts';
export { type DrivenRun, type DrivenRuns, driveByModel } from './drive-by-model.ts';
export {
  expectNoFailure,
  replaySchedule,
  reportLines,
  ScheduleError,
} from './expect-no-failure.ts';
export type { Exploration, FailingSchedule, OrdersLedger } from './exploration.ts';
export { explore } from './explore.ts';
export type { CallOptions, Described, Effect } from './kit/call.ts';
export type { ClientOptions } from './kit/client.ts';
export type { GlobalsOptions } from './kit/globals.ts';
export type { Kit, TaskOptions } from './kit/kit.ts';
export type { Timers } from './kit/timers.ts';
export type { Body, ExploreOptions, Orders } from './options.ts';
export { StateKept } from './orders/state-kept.ts';
export { scheduleDiagram } from './report/diagram.ts';
export { schedulePage } from './report/page.ts';
