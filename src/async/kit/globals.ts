import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { promisify } from 'node:util';
import { UsageError } from '../../checker/result/usage-error.ts';
import { contexts } from '../schedule/host.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Clock } from './clock.ts';
import { promiseTimers } from './promise-timers.ts';
import type { KnownTimers } from './timers.ts';

/** What the globals are replaced with. */
export interface GlobalsOptions {
  /**
   * The time at which each schedule begins, a `Date` or milliseconds since 1970; the beginning of
   * the year 2000 by default.
   */
  readonly now?: number | { valueOf(): number };
}

const names = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
] as const;

/**
 * Replaces the timers and the clock of Node until the end of the schedule: globals, `node:timers`,
 * `node:timers/promises`, `AbortSignal.timeout`, `Date` and `performance.now`. Code of this
 * schedule gets timers that the scheduler fires. Operations behind wrapped calls, and code that is
 * no part of the schedule, keep the timers of Node.
 */
export function replaceGlobals(
  schedule: Schedule,
  timers: KnownTimers,
  clock: Clock,
  { now = 946_684_800_000 }: GlobalsOptions,
): void {
  if (schedule.hasGlobals) {
    throw new UsageError('kit.globals is called twice in one schedule', 'Call it once.');
  }
  const begin = Number(now);
  if (!Number.isFinite(begin)) {
    throw new UsageError(`now is ${String(now)}`, 'It is a Date, or milliseconds since 1970.');
  }
  schedule.hasGlobals = true;
  const isOurs = () => contexts.getStore()?.run === schedule;
  const isCode = () => isOurs() && contexts.getStore()?.isEffect === false;
  const put = putIn(schedule);
  const nodeTimers = builtin('node:timers');
  for (const name of names) {
    const before = globalThis[name] as (...args: unknown[]) => unknown;
    const ours = timers[name] as (...args: unknown[]) => unknown;
    // A timer of the code may be cleared anywhere, and one of Node in the code.
    const isKnown = (args: readonly unknown[]) =>
      name.startsWith('clear') ? timers.has(args[0]) : isCode();
    const now = (...args: unknown[]) => (isKnown(args) ? ours(...args) : before(...args));
    const custom = promiseTimers(timers, isCode)[name];
    if (custom !== undefined) Object.defineProperty(now, promisify.custom, { value: custom });
    put(globalThis, name, now);
    put(nodeTimers, name, now);
  }
  const promised = builtin('node:timers/promises');
  for (const [name, value] of Object.entries(promiseTimers(timers, isCode))) {
    put(promised, name, value);
  }
  put(
    globalThis,
    'Date',
    clockedDate(() => (isOurs() ? begin + clock.now : undefined)),
  );
  const { now: realNow } = performance;
  put(performance, 'now', () => (isOurs() ? clock.now : realNow.call(performance)));
  put(AbortSignal, 'timeout', timeoutSignal(timers, isCode));
  syncBuiltinESMExports();
  schedule.undo.unshift(syncBuiltinESMExports);
}

/** Replaces a property until the end of the schedule. */
function putIn(schedule: Schedule) {
  return (target: object, name: PropertyKey, value: unknown): void => {
    const own = Object.getOwnPropertyDescriptor(target, name);
    const { enumerable = true } = own ?? {};
    Object.defineProperty(target, name, { value, enumerable, configurable: true, writable: true });
    schedule.undo.push(() => {
      if (own === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, own);
    });
  };
}

/** The object that a module of Node exports. */
const builtin = (name: string): object => process.getBuiltinModule(name) as object;

/** `Date` with another clock; that of the machine where `now` returns undefined. */
function clockedDate(now: () => number | undefined): DateConstructor {
  const real = globalThis.Date;
  const time = () => now() ?? real.now();
  const clocked: DateConstructor = new Proxy(real, {
    get: (target, name, receiver) => (name === 'now' ? time : Reflect.get(target, name, receiver)),
    apply: () => new real(time()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length === 0 ? [time()] : args,
        newTarget === clocked ? target : newTarget,
      ),
  });
  return clocked;
}

function timeoutSignal(timers: KnownTimers, isCode: () => boolean): typeof AbortSignal.timeout {
  const real = AbortSignal.timeout.bind(AbortSignal);
  return (delay) => {
    if (!isCode()) return real(delay);
    const controller = new AbortController();
    const late = () =>
      controller.abort(
        new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
      );
    timers.setTimeout(late, delay);
    return controller.signal;
  };
}
