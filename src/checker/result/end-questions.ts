import type { AnySystem } from '../../spec/system.ts';

/**
 * The question about ends for a system that has some, by its `final` or because it has processes
 * that can be done.
 */
export const DEADLOCK = 'every run can go on until it is done';

/** The weaker question, for a system of plain actions that does not define its ends. */
export const NEVER_STUCK = 'something can always happen';

/** The name of `final` in messages. */
export const FINAL_WHERE = "'final', which says where a run may end";

/** Describes the end of a run from which steps go on for ever without leading to an end. */
export const OUT_OF_REACH = 'from here no end can be reached any more';

/**
 * The name of the question about ends; undefined where runs may end anywhere. `hasProcesses` says
 * whether some state has a process.
 */
export function endQuestion(
  { final, processes = {} }: AnySystem,
  hasProcesses: boolean,
): typeof DEADLOCK | typeof NEVER_STUCK | undefined {
  if (final === 'anywhere') return undefined;
  const hasEnds = typeof final === 'function' || hasProcesses || Object.keys(processes).length > 0;
  return hasEnds ? DEADLOCK : NEVER_STUCK;
}
