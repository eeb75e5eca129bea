import type { ProcessState, ProcessTable } from './process.ts';

/**
 * Every process is done; true, too, where there is none. A question about a state like any other:
 * for `final`, for the premise of a property, or to be called in the body of one.
 */
export const allDone = (_state: unknown, processes: ProcessTable): boolean =>
  Object.values(processes).every(isDone);

/**
 * Nothing is in flight: each process is done, or is excepted, as a message is for a service that is
 * down. Returns a question about a state of type S, to be used like `allDone`.
 */
export function atRest<S>(
  isExcepted: (process: ProcessState, state: S) => boolean,
): (state: S, processes: ProcessTable) => boolean {
  return (state, processes) =>
    Object.values(processes).every(
      (process) => process === undefined || isDone(process) || isExcepted(process, state),
    );
}

const isDone = (process: ProcessState | undefined): boolean =>
  process === undefined || process.at === 'done';
