/** What may happen to a call besides its answer. */
export type FaultKind = 'error' | 'timeout' | 'lost' | 'abort';

/** The keys that an operation reads and writes, such as the id of a row. */
export interface Keys {
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
}

/** What waits for the scheduler: a call, an answer, a timer, an event or the end of a signal. */
export interface Parked {
  /** Unique in a run: `ann.read`, and `ann.read#2` for the second call of that name. */
  readonly id: string;
  /** The same for all calls of this name in the task: `ann.read`. */
  readonly name: string;
  /** The task that made the call; undefined for a call of the body. */
  readonly task: string | undefined;
  readonly label: string;
  /** Undefined where none are declared: then it conflicts with everything. */
  readonly keys: Keys | undefined;
  /** The faults that may happen in its place, as far as there is a budget. */
  readonly faults: readonly FaultKind[];
  /** True for what may happen and never has to, as the abort of a request. */
  readonly isOptional: boolean;
  /** What stands in one queue is released in its order. */
  readonly queue?: string | undefined;
  /** Of a timer, in milliseconds. */
  readonly delay?: number | undefined;
  /** The number of steps before it was parked. */
  readonly parkedAt: number;
  /** The number of steps before it could first be released; undefined until then. */
  releasableAt: number | undefined;
  /** The number of steps before it was withdrawn, as a timer that is cleared. */
  withdrawnAt?: number;
  /** Performs it, or the fault in its place. */
  readonly release: (fault: FaultKind | undefined) => void;
}

/** One way to go on: something that is parked, and the fault that happens to it, if any. */
export interface Choice {
  readonly parked: Parked;
  readonly fault: FaultKind | undefined;
}

/**
 * Whether keys say that the order of two steps can matter. Steps of one task, timers, and entries
 * of one queue always conflict, and so do two steps of which one declares no keys.
 */
function conflict(a: Parked, b: Parked): boolean {
  if (a.task === b.task || a.keys === undefined || b.keys === undefined) return true;
  if (a.delay !== undefined && b.delay !== undefined) return true;
  if (a.queue !== undefined && a.queue === b.queue) return true;
  return meets(a.keys.writes, b.keys) || meets(b.keys.writes, a.keys);
}

function meets(written: readonly string[] | undefined, { reads, writes }: Keys): boolean {
  return written?.some((key) => reads?.includes(key) || writes?.includes(key)) ?? false;
}

/** Something that is parked, and what it was seen to touch where it was released. */
export interface Footprint {
  readonly parked: Parked;
  readonly touched: ReadonlySet<string>;
}

/**
 * Whether the order of two steps can matter: by their keys, or because both were seen to touch the
 * same thing of the scheduler. Two steps that set timers decide together which one fires first.
 */
export function depend(a: Footprint, b: Footprint): boolean {
  if (conflict(a.parked, b.parked)) return true;
  if (a.touched.has(everything) || b.touched.has(everything)) return true;
  const [few, many] = a.touched.size < b.touched.size ? [a, b] : [b, a];
  for (const each of few.touched) if (many.touched.has(each)) return true;
  return false;
}

/** What a step touches that may depend on any other one. */
export const everything = 'everything';

/** Whether timer `first` always fires before `second`: it was set earlier, and waits no longer. */
function firesBefore(first: Parked, second: Parked): boolean {
  return first.delay !== undefined && second.delay !== undefined && first.delay <= second.delay;
}

/** Those that may be released now, in the order in which they were parked. */
export function releasable(parked: readonly Parked[]): readonly Parked[] {
  if (!parked.some(({ queue, delay }) => queue !== undefined || delay !== undefined)) return parked;
  return parked.filter((each, i) =>
    parked
      .slice(0, i)
      .every(
        (earlier) =>
          !firesBefore(earlier, each) && (each.queue === undefined || earlier.queue !== each.queue),
      ),
  );
}
