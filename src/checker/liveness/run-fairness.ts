import type { AnySystem } from '../../spec/system.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import type { EdgeAction } from './edges.ts';

/** What a run does for ever from some moment on. A step counts only where it changes the state. */
export interface Forever {
  /** The enabled steps in each of the states that the run meets again and again. */
  readonly enabled: readonly (readonly EdgeAction[])[];
  /** The steps that the run takes again and again; none if it stops. */
  readonly taken: readonly EdgeAction[];
}

/**
 * The first fairness condition that the run breaks, as `weak fairness of ann`; undefined for a fair
 * run. It follows the definition for one run, while the search decides on components.
 */
export function brokenFairness(system: AnySystem, { enabled, taken }: Forever): string | undefined {
  const actions = [...taken, ...enabled.flat()];
  const isBroken = ({ kind, actions: meant }: Condition): boolean => {
    const names = new Set([...meant].map((number) => actions[number]));
    if (taken.some((action) => names.has(action))) return false;
    const isEnabled = (there: readonly EdgeAction[]) => there.some((action) => names.has(action));
    return kind === 'weak' ? enabled.every(isEnabled) : enabled.some(isEnabled);
  };
  return conditionsOf(system, { actions }).find(isBroken)?.name;
}
