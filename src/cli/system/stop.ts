import { endProgram } from './ending.ts';
import { showCursor } from './meter.ts';
import { sendSignal } from './process-guards.ts';

/** A flag that Ctrl-C raises. */
export interface Stop {
  readonly requested: boolean;
}

/** The exit codes that shells use for programs that end by these signals. */
const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Makes a flag that the first Ctrl-C raises, or SIGTERM, or the end of the terminal. A second
 * signal ends the program at once.
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
  // The process stops here, between two pieces, because the time of a piece would run out while it
  // is stopped.
  process.on('SIGTSTP', () => sendSignal(process.pid, 'SIGSTOP'));
  return stop;
}
