import { CarriedExpansion } from '../expansion/carried-expansion.ts';
import { ConstrainedExpansion } from '../expansion/constrained-expansion.ts';
import type { Around, Expansion } from '../expansion/expansion.ts';
import { OrbitExpansion } from '../expansion/orbit-expansion.ts';
import { PlainExpansion } from '../expansion/plain-expansion.ts';
import { NativeExpansion } from '../kernel/native-expansion.ts';
import type { CheckOptions } from '../result/options.ts';

/**
 * The expansion for these options. Each successor is looked up where liveness, a bound on the depth
 * or a constraint needs that, and where states are not expanded in the order of their numbers.
 */
export function expansionFor(options: CheckOptions, around: Around): Expansion {
  const { order, depthMax, memo, lookups } = options;
  const { constraint, machine, verification } = around;
  if (verification !== undefined) return new OrbitExpansion(around, verification);
  // The others leave a step out where a state that is still to be expanded takes it, too. A state
  // outside of the constraint is never expanded.
  if (constraint !== undefined) {
    return new ConstrainedExpansion(new PlainExpansion(around), constraint, machine);
  }
  const asksForAll = around.liveness !== undefined || depthMax !== undefined || lookups === 'all';
  if (asksForAll || order === 'depth_first' || memo === 'off') return new PlainExpansion(around);
  if (options.kernel === 'off' || options.stopAtViolation === true)
    return new CarriedExpansion(around);
  return new NativeExpansion(around, options.kernel ?? {});
}
