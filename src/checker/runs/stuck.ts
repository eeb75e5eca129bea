import { allDone } from '../../spec/at-rest.ts';
import type { AnySystem } from '../../spec/system.ts';
import type { WorldState } from '../result/result.ts';
import { isOutside } from './outside.ts';
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
 * True outside of the constraint, because what follows there is not looked at.
 */
export function mayEnd(system: AnySystem, { state, ...world }: WorldState): boolean {
  const { final, processes } = system;
  if (final === 'anywhere') return true;
  if (isOutside(system, { state, ...world })) return true;
  if (final !== undefined) return Boolean(final(state, world.processes));
  const hasSome =
    Object.keys(processes ?? {}).length > 0 || Object.keys(world.processes).length > 0;
  return hasSome && allDone(state, world.processes);
}
