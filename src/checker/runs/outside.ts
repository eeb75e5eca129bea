import type { AnySystem } from '../../spec/system.ts';
import { isTrue } from '../properties/seen.ts';
import type { WorldState } from '../result/result.ts';

/** Whether a state lies outside of the constraint of the system, so that no run goes on there. */
export function isOutside({ within }: AnySystem, world: WorldState): boolean {
  return within !== undefined && !isTrue(within, world);
}
