import { NativeExpansion } from '../kernel/native-expansion.ts';
import type { CheckOptions } from '../options.ts';
import { CarriedExpansion } from './carried-expansion.ts';
import type { Around, Expansion } from './expansion.ts';
import { PlainExpansion } from './plain-expansion.ts';

/**
 * The way to expand states under these options. Every successor is looked up where each of them is
 * asked for, by liveness and at a bound on the depth, and where states are not expanded in the
 * order of their numbers.
 */
export function expansionFor(options: CheckOptions, around: Around): Expansion {
  const { order, depthMax, memo, lookups } = options;
  const asksForAll = around.liveness !== undefined || depthMax !== undefined || lookups === 'all';
  if (asksForAll || order === 'depth_first' || memo === 'off') return new PlainExpansion(around);
  if (options.kernel === 'off' || options.stopAtViolation === true)
    return new CarriedExpansion(around);
  return new NativeExpansion(around, options.kernel ?? {});
}
