/**
 * Real asynchronous code in every order of its calls.
 *
 * @module racewright/async
 */

export {
  expectNoFailure,
  replaySchedule,
  reportLines,
  ScheduleError,
} from './expect-no-failure.ts';
export type { Exploration, FailingSchedule, OrdersLedger } from './exploration.ts';
export { explore } from './explore.ts';
export type { CallOptions, Described, Effect } from './kit/call.ts';
export type { ClientOptions, Kit, TaskOptions } from './kit/kit.ts';
export type { Timers } from './kit/timers.ts';
export type { Body, ExploreOptions, Orders } from './options.ts';
export { StateKept } from './orders/state-kept.ts';
