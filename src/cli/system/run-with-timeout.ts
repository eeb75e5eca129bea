import { Script } from 'node:vm';
import { restoreClockAndRandomness } from '../../checker/purity/forbidden.ts';
import { isError } from '../../checker/result/thrown-text.ts';
import { type ThreadTime, threadTime } from './thread-time.ts';

/**
 * Seconds of processor time that a call of the model may take. Usually that is one step in one
 * state, which takes microseconds.
 */
export const patienceSeconds = 20;

/**
 * A call took too long and was ended in the middle. What it worked on is half done and must not be
 * used.
 */
export class TimeoutError extends Error {
  /** Seconds that the call took: of the processor if the platform tells, else on the wall. */
  readonly seconds: number;
  /** The name of that clock, as `seconds of processor time`. */
  readonly clock: string;
  /**
   * Seconds of wall time to allow next time, where the call had too little of the processors;
   * undefined for a call that never ends.
   */
  readonly again: number | undefined;

  constructor(spent: Pick<TimeoutError, 'seconds' | 'clock' | 'again'>) {
    super(`it took longer than ${spent.seconds} seconds`);
    this.seconds = spent.seconds;
    this.clock = spent.clock;
    this.again = spent.again;
  }
}

const key = Symbol.for('racewright/guarded');
const script = new Script("globalThis[Symbol.for('racewright/guarded')]()");

/**
 * Calls a function that runs code of the model, and ends it after `secondsMax` seconds: a loop that
 * never ends would leave neither signals nor timers their turn. A thread of the virtual machine
 * watches the time, so the code runs at full speed. That thread looks at the wall clock after
 * `wallSeconds`; then the processor time is asked. Throws a TimeoutError, and what the function
 * throws.
 */
export function runWithTimeout<T>(
  call: () => T,
  secondsMax: number,
  wallSeconds: number = secondsMax,
  clock: () => ThreadTime | undefined = threadTime,
): T {
  const before = clock();
  Reflect.set(globalThis, key, call);
  try {
    return script.runInThisContext({
      timeout: Math.ceil(wallSeconds * 1000),
      displayErrors: false,
    });
  } catch (error) {
    const isOurs = isError(error) && Reflect.get(error, 'code') === timedOut;
    if (!isOurs) throw error;
    // The call was ended without its `finally` blocks.
    restoreClockAndRandomness();
    throw timeoutAfter(secondsMax, wallSeconds, before, clock());
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}

const timedOut = 'ERR_SCRIPT_EXECUTION_TIMEOUT';
/** A call may wait without using the processor for this many times `secondsMax`. */
const wallFactorMax = 16;

/** Tells whether the call never ends, or other programs had the processors meanwhile. */
function timeoutAfter(
  secondsMax: number,
  wall: number,
  before: ThreadTime | undefined,
  after: ThreadTime | undefined,
): TimeoutError {
  if (before === undefined || after === undefined) {
    return new TimeoutError({ seconds: wall, clock: 'seconds', again: undefined });
  }
  const ran = after.ran - before.ran;
  // The watching thread wakes a little early or late.
  const enough = 0.95 * secondsMax;
  if (ran >= enough) {
    return new TimeoutError({
      seconds: secondsMax,
      clock: 'seconds of processor time',
      again: undefined,
    });
  }
  const waited =
    before.waited === undefined || after.waited === undefined
      ? undefined
      : after.waited - before.waited;
  // The call neither ran nor waited for a processor, so it waits for something else, perhaps for
  // ever.
  const slept = waited === undefined ? 0 : wall - ran - waited;
  if (slept >= enough || (waited === undefined && wall >= wallFactorMax * secondsMax)) {
    return new TimeoutError({ seconds: wall, clock: 'seconds', again: undefined });
  }
  const factor = Math.min(8, Math.max(2, (1.5 * secondsMax) / Math.max(ran, 1e-3)));
  return new TimeoutError({
    seconds: ran,
    clock: 'seconds of processor time',
    again: wall * factor,
  });
}
