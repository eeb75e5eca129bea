import type { Named } from './bodies.ts';
import { named } from './named.ts';
import type { ProcessState, ProcessTable } from './process.ts';
import type { AnyBody } from './property.ts';

/**
 * Every process is done; true, too, where there is none. A question about a state like any other:
 * for `final`, for the premise of a property, or to be called in the body of one. As an operand it
 * is asked process by process.
 */
export const allDone: Named<unknown> = named(
  (_state: unknown, processes: ProcessTable): boolean => Object.values(processes).every(isDone),
  everyProcess(isDone),
);

/**
 * Nothing is in flight: each process is done, or is excepted, as a message is for a service that is
 * down. Returns a question about a state of type S, to be used like `allDone`.
 */
export function atRest<S>(isExcepted: (process: ProcessState, state: S) => boolean): Named<S> {
  const isOver = (process: ProcessState | undefined, state: S): boolean =>
    process === undefined || isDone(process) || isExcepted(process, state);
  return named(
    (state: S, processes: ProcessTable) =>
      Object.values(processes).every((process) => isOver(process, state)),
    // The state that a test is given is the one of the system that it is asked of.
    everyProcess((process: unknown, _pid: string, state: object) =>
      isOver(process as ProcessState, state as S),
    ),
  );
}

function isDone(process: unknown): boolean {
  // Only the checker makes processes.
  return process === undefined || (process as ProcessState).at === 'done';
}

function everyProcess(test: AnyBody): AnyBody {
  return {
    kind: 'every',
    over: 'processes',
    table: 'processes',
    part: undefined,
    test,
    bounds: undefined,
  };
}
