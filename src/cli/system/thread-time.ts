import { readFileSync } from 'node:fs';

/** The processor time of the calling thread since it began, in seconds. */
export interface ThreadTime {
  /** The time in which it was computing. */
  readonly ran: number;
  /**
   * The time in which it could have run while other threads did; undefined where the platform does
   * not tell.
   */
  readonly waited: number | undefined;
}

/** Undefined on a platform that does not tell the times of a thread. */
export function threadTime(): ThreadTime | undefined {
  return fromScheduler() ?? fromNode();
}

/** Linux reports both in nanoseconds, for the thread that reads the file. */
function fromScheduler(): ThreadTime | undefined {
  try {
    const [ran, waited] = readFileSync('/proc/thread-self/schedstat', 'utf8')
      .split(' ')
      .map((part) => Number(part) / 1e9);
    return ran === undefined || waited === undefined || ran === 0 ? undefined : { ran, waited };
  } catch {
    return undefined;
  }
}

/** Newer versions of Node offer the processor time of a thread. */
function fromNode(): ThreadTime | undefined {
  const ask: unknown = Reflect.get(process, 'threadCpuUsage');
  if (typeof ask !== 'function') return undefined;
  // By its documentation the result has these two fields, in microseconds.
  const used = ask.call(process) as { readonly user: number; readonly system: number };
  return { ran: (used.user + used.system) / 1e6, waited: undefined };
}
