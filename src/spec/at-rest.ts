import type { ProcessState, ProcessTable } from './process.ts';

/** Whether one process need not be waited for, in a state of type S. */
export type Exception<S> = (process: ProcessState, state: S, pid: string) => boolean;

/** Every process is done: true also where there is no process. Can be asked like any question about a state. */
export const allDone = (_state: unknown, processes: ProcessTable): boolean =>
  Object.values(processes).every((process) => process === undefined || process.at === 'done');

/**
 * Nothing is in flight: each process is done, or is one of the exceptions that the system names. Returns a question about a
 * state, for `given`, for `final`, or to be called in the body of a property.
 */
export function restExcept<S>(
  isExcepted: Exception<S>,
): (state: S, processes: ProcessTable) => boolean {
  return (state, processes) =>
    Object.entries(processes).every(
      ([pid, process]) =>
        process === undefined || process.at === 'done' || isExcepted(process, state, pid),
    );
}
