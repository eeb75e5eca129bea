import { CarriedExpansion } from '../expansion/carried-expansion.ts';
import type { Around, Expansion } from '../expansion/expansion.ts';
import { PlainExpansion } from '../expansion/plain-expansion.ts';
import { NativeExpansion } from '../kernel/native-expansion.ts';
import type { CheckOptions } from '../result/options.ts';

/**
 * The expansion for these options. Each successor is looked up where liveness or a bound on the
 * depth needs that, and where states are not expanded in the order of their numbers.
 */
export function expansionFor(options: CheckOptions, around: Around): Expansion {
  const { order, depthMax, memo, lookups } = options;
  const asksForAll = around.liveness !== undefined || depthMax !== undefined || lookups === 'all';
  if (asksForAll || order === 'depth_first' || memo === 'off') return new PlainExpansion(around);
  if (options.kernel === 'off' || options.stopAtViolation === true)
    return new CarriedExpansion(around);
  return new NativeExpansion(around, options.kernel ?? {});
}
