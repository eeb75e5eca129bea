import { SpecError } from '../../spec/spec-error.ts';
import type { Slots } from '../state/slots.ts';

/**
 * The first evaluation may ask for entries that were never heard of, and the one after it for what
 * these lead to.
 */
export const evaluationsMax = 4;

/**
 * For what asks for other entries each time it is evaluated, so that there is no end of evaluating
 * it.
 */
export function growing(slots: Slots, where: string): SpecError {
  const asked = slots.nameOf(slots.count - 1);
  return new SpecError({
    what: `uncontrolled nondeterminism: each time it is evaluated it asks for another entry, now for ${asked}`,
    where,
    mend: 'Make the names of entries out of the state: look for a variable outside that counts.',
  });
}
