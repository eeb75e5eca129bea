import promised from 'node:timers/promises';
import type { KnownTimers, Timer } from './timers.ts';

interface Options {
  readonly signal?: AbortSignal;
}

type Promising = (delay?: number, value?: unknown, options?: Options) => Promise<unknown>;

/** The functions of `node:timers/promises`; those of Node where `isCode` returns false. */
export function promiseTimers(
  timers: KnownTimers,
  isCode: () => boolean,
): { [name: string]: unknown } {
  const { setTimeout, setImmediate, setInterval, scheduler } = promised;
  const later: Promising = (delay, value, options = {}) =>
    isCode()
      ? waiting(timers, options, value, (fire) => timers.setTimeout(fire, delay))
      : setTimeout(delay, value, options);
  return {
    setTimeout: later,
    setImmediate: (value?: unknown, options: Options = {}) =>
      isCode()
        ? waiting(timers, options, value, (fire) => timers.setImmediate(fire))
        : setImmediate(value, options),
    setInterval: (delay?: number, value?: unknown, options?: Options) =>
      isCode() ? again(later, delay, value, options) : setInterval(delay, value, options),
    scheduler: Object.assign(Object.create(scheduler) as object, {
      wait: (delay: number, options?: Options) => later(delay, undefined, options),
    }),
  };
}

function waiting(
  timers: KnownTimers,
  { signal }: Options,
  value: unknown,
  set: (fire: () => void) => Timer,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(abortError(signal));
    if (signal?.aborted === true) return aborted();
    const timer = set(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    const abort = () => {
      timers.clearTimeout(timer);
      aborted();
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}

async function* again(later: Promising, delay?: number, value?: unknown, options?: Options) {
  for (;;) yield await later(delay, value, options);
}

/** As Node has it. */
function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
