import type { Parked } from '../schedule/parked.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Clock } from './clock.ts';

type Callback = (...args: readonly never[]) => unknown;

/** What `setTimeout` returns: it can be cleared, and has the methods of the timers of Node. */
export interface Timer {
  ref(): Timer;
  unref(): Timer;
  hasRef(): boolean;
  refresh(): Timer;
  close(): Timer;
  [Symbol.toPrimitive](): number;
}

/** Timers that fire when the scheduler says so. */
export interface Timers {
  setTimeout(callback: Callback, delay?: number, ...args: unknown[]): Timer;
  clearTimeout(timer: unknown): void;
  setInterval(callback: Callback, delay?: number, ...args: unknown[]): Timer;
  clearInterval(timer: unknown): void;
  setImmediate(callback: Callback, ...args: unknown[]): Timer;
  clearImmediate(timer: unknown): void;
  /** A promise that is resolved when the scheduler fires its timer. */
  sleep(delay: number): Promise<void>;
}

/** Timers that know which are theirs. */
export interface KnownTimers extends Timers {
  /** Whether this is a timer, or the number of one, of this schedule. */
  has(timer: unknown): boolean;
}

/**
 * Timers of one schedule. A timer fires at any moment from when it is set, because the steps of
 * others may take any time; but never before one that was set earlier and waits no longer.
 */
export function timersOf(schedule: Schedule, clock: Clock): KnownTimers {
  const set = new Map<number, SetTimer>();
  const add = (
    name: string,
    callback: Callback,
    delay: unknown,
    repeats: boolean,
    args: unknown[],
  ) => {
    if (typeof callback !== 'function') throw new TypeError(`${name} takes a function`);
    const timer = new SetTimer(schedule, clock, {
      name,
      callback,
      delay: milliseconds(delay),
      repeats,
      args,
    });
    set.set(timer[Symbol.toPrimitive](), timer);
    return timer;
  };
  const find = (timer: unknown) => (timer instanceof SetTimer ? timer : set.get(Number(timer)));
  const clear = (timer: unknown) => find(timer)?.close();
  return {
    setTimeout: (callback, delay, ...args) => add('timeout', callback, delay, false, args),
    setInterval: (callback, delay, ...args) => add('interval', callback, delay, true, args),
    setImmediate: (callback, ...args) => add('immediate', callback, 0, false, args),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    has: (timer) => find(timer) !== undefined,
    sleep: (delay) =>
      new Promise((resolve) => {
        add('sleep', () => resolve(), delay, false, []);
      }),
  };
}

/** As Node has it: anything that is no number from 1 to 2³¹ − 1 is 1. */
function milliseconds(delay: unknown): number {
  const number = Math.trunc(Number(delay));
  return number >= 1 && number <= 2 ** 31 - 1 ? number : 1;
}

interface Setting {
  readonly name: string;
  readonly callback: Callback;
  readonly delay: number;
  readonly repeats: boolean;
  readonly args: readonly unknown[];
}

let timersMade = 0;

class SetTimer implements Timer {
  readonly #schedule: Schedule;
  readonly #clock: Clock;
  readonly #setting: Setting;
  readonly #task: string | undefined;
  readonly #id = ++timersMade;
  #parked: Parked | undefined;
  #isCleared = false;

  constructor(schedule: Schedule, clock: Clock, setting: Setting) {
    this.#schedule = schedule;
    this.#clock = clock;
    this.#setting = setting;
    this.#task = schedule.task;
    this.#park();
  }

  #park(): void {
    const { name, callback, delay, repeats, args } = this.#setting;
    const label = name === 'immediate' ? name : `${name} ${delay}ms`;
    const due = this.#clock.now + delay;
    this.#parked = this.#schedule.park({
      label,
      delay,
      task: this.#task,
      release: () => {
        this.#parked = undefined;
        this.#clock.reach(due);
        if (repeats) this.#park();
        this.#schedule.guard(this.#task, () => callback(...(args as readonly never[])));
      },
    });
  }

  close(): this {
    this.#isCleared = true;
    if (this.#parked !== undefined) this.#schedule.withdraw(this.#parked);
    this.#parked = undefined;
    return this;
  }

  /** Begins to wait anew, also where it has fired, but not where it was cleared. */
  refresh(): this {
    if (this.#isCleared) return this;
    if (this.#parked !== undefined) this.#schedule.withdraw(this.#parked);
    this.#park();
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}
