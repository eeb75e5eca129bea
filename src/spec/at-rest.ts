import type { Named } from './bodies.ts';
import { named } from './named.ts';
import type { ProcessState, ProcessTable } from './process.ts';
import type { AnyBody } from './property.ts';

/**
 * True in a state in which every process is done, or in which there is no process. It serves as
 * `final`, as the premise of a property, or as a call inside a body. As an operand, the checker
 * asks it process by process.
 */
export const allDone: Named<unknown> = named(
  (_state: unknown, processes: ProcessTable): boolean => Object.values(processes).every(isDone),
  everyProcess(isDone),
);

/**
 * True in a state in which each process is done or excepted. A message to a service that is down is
 * an example of an exception. Returns a question about a state of type S, which is used like
 * `allDone`.
 */
export function atRest<S>(isExcepted: (process: ProcessState, state: S) => boolean): Named<S> {
  const isOver = (process: ProcessState | undefined, state: S): boolean =>
    process === undefined || isDone(process) || isExcepted(process, state);
  return named(
    (state: S, processes: ProcessTable) =>
      Object.values(processes).every((process) => isOver(process, state)),
    // `state` has type S: the checker asks this only of systems whose state is S.
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
