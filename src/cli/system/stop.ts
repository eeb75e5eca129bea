import { endProgram } from './ending.ts';
import { showCursor } from './meter.ts';
import { sendSignal } from './process-guards.ts';

/** A flag that Ctrl-C raises. */
export interface Stop {
  readonly requested: boolean;
}

/** What shells see of a program that ends by the signal. */
const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Raised by the first Ctrl-C (or a polite kill, or the end of the terminal); the second one ends
 * the program at once.
 */
export function stopOnSignal(): Stop {
  const stop = { requested: false };
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.requested) {
        showCursor();
        endProgram(codes[signal]);
      }
      stop.requested = true;
    });
  }
  // Stopped between two pieces: while it is stopped in the middle of one, the time of that piece
  // would run out.
  process.on('SIGTSTP', () => sendSignal(process.pid, 'SIGSTOP'));
  return stop;
}
