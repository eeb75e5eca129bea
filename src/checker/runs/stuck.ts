import { allDone } from '../../spec/at-rest.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { WorldState } from '../result/result.ts';
import type { Candidate } from './stepper.ts';

/** Whether a state in which these steps are enabled is a deadlock. */
export function isDeadlock(
  system: AnySystem,
  world: WorldState,
  enabled: readonly Candidate[],
): boolean {
  if (system.final === 'anywhere') return false;
  return enabled.every(({ actor }) => actor.kind === 'fault') && !mayEnd(system, world);
}

/**
 * Whether a run may end in a state. By default it may where every process is done and there is one.
 */
export function mayEnd({ final, processes }: AnySystem, { state, ...world }: WorldState): boolean {
  if (final === 'anywhere') return true;
  if (final !== undefined) return Boolean(final(state, world.processes));
  const hasSome =
    Object.keys(processes ?? {}).length > 0 || Object.keys(world.processes).length > 0;
  return hasSome && allDone(state, world.processes);
}
