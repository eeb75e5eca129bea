import { Script } from 'node:vm';
import { restoreClockAndRandomness } from '../../checker/purity/forbidden.ts';
import { isError } from '../../checker/result/thrown-text.ts';
import { type ThreadTime, threadTime } from './thread-time.ts';

/**
 * Seconds of processor time that one piece of a model may take: one step in one state, usually,
 * which takes microseconds.
 */
export const patienceSeconds = 20;

/**
 * A call took longer than it may, and was ended in the middle: whatever it worked on is half done,
 * and of no use.
 */
export class TimeoutError extends Error {
  /**
   * Seconds that it took: of the processor where the platform tells, else of the clock on the wall.
   */
  readonly seconds: number;
  /** Which of the two, in words. */
  readonly clock: string;
  /**
   * How long it may take on the wall next time, when it had too little of the processors; undefined
   * when it never ends.
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
 * Calls a function that runs code of the model, and ends it wherever it is when it has taken
 * `secondsMax`: a loop that never ends gives neither signals nor timers their turn. A thread of the
 * virtual machine watches, so that the code runs at full speed. That thread looks at the wall after
 * `wallSeconds`; what the call has had of the processors is asked then. Throws a TimeoutError, and
 * what the function throws.
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
    // Nothing of what was ended could clean up.
    restoreClockAndRandomness();
    throw timeoutAfter(secondsMax, wallSeconds, before, clock());
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}

const timedOut = 'ERR_SCRIPT_EXECUTION_TIMEOUT';
/** Times `secondsMax` that a call may wait for what nothing tells of. */
const wallFactorMax = 16;

/** Whether the call never ends, or other programs had the processors meanwhile. */
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
  // Neither computing nor waiting for a processor: it waits for something else, for ever perhaps.
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
