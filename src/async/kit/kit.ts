import { UsageError } from '../../checker/result/usage-error.ts';
import { CodeModel } from '../conform/code-model.ts';
import { conforming } from '../conform/conforming.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { type CallOptions, parkCall } from './call.ts';
import { type ClientOptions, clientOf } from './client.ts';
import { Clock } from './clock.ts';
import { type Fetch, parkFetch } from './fetch.ts';
import { type GlobalsOptions, replaceGlobals } from './globals.ts';
import { type Emitting, parkEvents, parkStream } from './streams.ts';
import { type KnownTimers, type Timers, timersOf } from './timers.ts';

/** How a task begins. */
export interface TaskOptions {
  /**
   * `a step`, the default: the task begins when the scheduler releases `ann.start`, so that each
   * order of beginning is tried. `at once`: it runs up to its first call where it is made.
   */
  readonly begins?: 'a step' | 'at once';
  /** The label of its beginning; `start` by default. */
  readonly label?: string;
}

/** What a test hands to the code, so that the scheduler decides when it goes on. */
export interface Kit {
  /**
   * Runs an operation as a task. All calls made in it, and in what it awaits, carry its name. Tasks
   * are what the scheduler interleaves. Throws a UsageError for a name that is taken.
   */
  task<T>(name: string, run: () => T | PromiseLike<T>, options?: TaskOptions): Promise<T>;
  /** An asynchronous function, each call of which is parked under its name. */
  call<Args extends readonly unknown[], T>(
    name: string,
    run: (...args: Args) => T | PromiseLike<T>,
    options?: CallOptions<Args>,
  ): (...args: Args) => Promise<T>;
  /** An object, the calls of whose asynchronous methods are parked. */
  client<T extends object>(client: T, options: ClientOptions<T>): T;
  /** Timers that fire when the scheduler says so. */
  readonly timers: Timers;
  /**
   * Replaces the timers and the clock of Node until the end of the schedule, for code that does not
   * take them as parameters: global timers, `node:timers`, `node:timers/promises`,
   * `AbortSignal.timeout`, `Date` and `performance.now`. Time goes on where a timer fires.
   * Operations behind wrapped calls keep the timers of Node. Throws a UsageError if called twice.
   */
  globals(options?: GlobalsOptions): void;
  /** `fetch`, or what stands in for it. A call is named after its method and path. */
  fetch(fetch?: Fetch, options?: CallOptions<Parameters<Fetch>>): Fetch;
  /**
   * Parks the events of an emitter, or those of these names, until the end of the schedule. They
   * are delivered in order.
   */
  emitter<T extends Emitting>(name: string, emitter: T, events?: readonly string[]): T;
  /** The same messages in order, each of which arrives when the scheduler releases it. */
  stream<T>(
    name: string,
    messages: AsyncIterable<T> | Iterable<T>,
    options?: CallOptions<[]>,
  ): AsyncIterableIterator<T>;
  /**
   * A signal that may be aborted at any moment, as often as the budget `abort` says; `name.abort`
   * in schedules. The reason is an `AbortError` unless one is given.
   */
  abort(name: string, reason?: unknown): AbortSignal;
  /**
   * Does at once what is no part of the schedule, as filling a database. The scheduler waits for
   * it, and it may use what is not wrapped.
   */
  outside<T>(run: () => T | PromiseLike<T>): Promise<T>;
  /**
   * Asks something after each step. It throws where it is not as it should be, and may be
   * asynchronous and use what is not wrapped. Then no order is left out, whatever keys say.
   */
  check(ask: () => unknown): void;
  /**
   * Compares the code with a model after each step. `abstraction` returns the state of the code as
   * some fields of the state of the model, and may be asynchronous. The schedule fails with a
   * `Deviation` where the model does not reach that state by its step of the same name, with silent
   * steps before and after it.
   */
  conforms(model: CodeModel, abstraction: () => object | PromiseLike<object>): void;
}

/** The kit of one schedule. `inspects` is called where every step is looked at. */
export function kitOf(schedule: Schedule, inspects: () => void): Kit {
  const clock = new Clock();
  let known: KnownTimers | undefined;
  const timers = () => {
    known ??= timersOf(schedule, clock);
    return known;
  };
  return {
    task: (name, run, options) => task(schedule, name, run, options),
    call: (name, run, options) => {
      refuseEmpty(name, 'a call');
      if (typeof run !== 'function') refuseKind(`call '${name}'`, 'a function', run);
      const how = (options ?? {}) as CallOptions;
      return (...args) =>
        parkCall(schedule, { name, args, operation: () => run(...args), options: how }) as never;
    },
    client: (client, options) => {
      if (typeof client !== 'function' && (typeof client !== 'object' || client === null)) {
        refuseKind('a client', 'an object', client);
      }
      return clientOf(schedule, client, options);
    },
    get timers() {
      return timers();
    },
    globals: (options = {}) => replaceGlobals(schedule, timers(), clock, options),
    fetch: (fetch = globalThis.fetch, options = {}) => parkFetch(schedule, fetch, options),
    emitter: (name, emitter, events) => {
      refuseEmpty(name, 'an emitter');
      if (typeof emitter?.emit !== 'function') {
        refuseKind(`emitter '${name}'`, 'an object with emit', emitter);
      }
      parkEvents(schedule, name, emitter, events);
      return emitter;
    },
    stream: (name, messages, options = {}) => {
      refuseEmpty(name, 'a stream');
      if (!isIterable(messages)) refuseKind(`stream '${name}'`, 'an iterable', messages);
      return parkStream(schedule, name, messages, options);
    },
    abort: (name, reason) => abortable(schedule, name, reason),
    outside: (run) => schedule.perform('kit.outside', run, undefined) as never,
    check: (ask) => {
      inspects();
      schedule.checks.push(ask);
    },
    conforms: (model, abstraction) => {
      inspects();
      if (!(model instanceof CodeModel)) refuseKind('the model', 'what modelOf returns', model);
      schedule.checks.push(conforming(schedule, model, abstraction));
    },
  };
}

function task<T>(
  schedule: Schedule,
  name: string,
  run: () => T | PromiseLike<T>,
  { begins = 'a step', label = 'start' }: TaskOptions = {},
): Promise<T> {
  refuseEmpty(name, 'a task');
  if (typeof run !== 'function') refuseKind(`task '${name}'`, 'a function', run);
  schedule.beginTask(name);
  const running = new Promise<T>((resolve) => {
    const begin = () => {
      resolve(schedule.within(name, async () => run()));
    };
    if (begins === 'at once') begin();
    else schedule.park({ label, task: name, release: begin });
  });
  return running.finally(() => schedule.openTasks.delete(name));
}

function abortable(schedule: Schedule, name: string, reason: unknown): AbortSignal {
  refuseEmpty(name, 'a signal');
  const controller = new AbortController();
  schedule.park({
    label: 'abort',
    task: name,
    isOptional: true,
    release: () => schedule.guard(undefined, () => controller.abort(reason)),
  });
  return controller.signal;
}

function isIterable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

function refuseEmpty(name: unknown, of: string): void {
  if (typeof name === 'string' && name !== '') return;
  throw new UsageError(`${of} needs a name`, 'Schedule entries are made of names: give a text.');
}

function refuseKind(what: string, is: string, value: unknown): never {
  throw new UsageError(`${what} is not ${is} but ${value === null ? 'null' : typeof value}`);
}
