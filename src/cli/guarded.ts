import { Script } from 'node:vm';
import { isError } from '../checker/thrown-text.ts';

/** Seconds that one piece of a model may take: one step in one state, usually, which takes microseconds. */
export const patienceSeconds = 20;

/** A call took longer than it may, and was ended in the middle: whatever it worked on is half done, and of no use. */
export class TookTooLong extends Error {}

const key = Symbol.for('racewright/guarded');
const script = new Script("globalThis[Symbol.for('racewright/guarded')]()");

/**
 * Calls a function that runs code of the model, and ends it after `secondsMax`, wherever it is: a loop that never ends gives
 * neither signals nor timers their turn. A thread of the virtual machine watches, so that the code runs at full speed.
 * Throws a TookTooLong, and what the function throws.
 */
export function guarded<T>(call: () => T, secondsMax: number): T {
  Reflect.set(globalThis, key, call);
  try {
    return script.runInThisContext({
      timeout: Math.ceil(secondsMax * 1000),
      displayErrors: false,
    });
  } catch (error) {
    const isOurs = isError(error) && Reflect.get(error, 'code') === timedOut;
    throw isOurs ? new TookTooLong() : error;
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}

const timedOut = 'ERR_SCRIPT_EXECUTION_TIMEOUT';
