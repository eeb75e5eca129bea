import { readFileSync } from 'node:fs';

/** What the calling thread has had of the processors since it began, in seconds. */
export interface ThreadTime {
  /** It was computing. */
  readonly ran: number;
  /** It could have computed, and other threads did; undefined where the platform does not tell. */
  readonly waited: number | undefined;
}

/** Undefined on a platform that tells nothing of a single thread. */
export function threadTime(): ThreadTime | undefined {
  return fromScheduler() ?? fromNode();
}

/** Linux tells both in nanoseconds, of the thread that reads. */
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

/** Newer versions of Node ask the system. */
function fromNode(): ThreadTime | undefined {
  const ask: unknown = Reflect.get(process, 'threadCpuUsage');
  if (typeof ask !== 'function') return undefined;
  // Documented to give microseconds in these two fields.
  const used = ask.call(process) as { readonly user: number; readonly system: number };
  return { ran: (used.user + used.system) / 1e6, waited: undefined };
}
