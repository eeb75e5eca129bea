import { SpecError } from '../../spec/spec-error.ts';
import type { Slots } from '../state/slots.ts';

/**
 * The largest number of evaluations of one step. The first may ask for unknown entries, and the
 * next for those to which they lead.
 */
export const evaluationsMax = 4;

/**
 * The error for a step that asks for other entries at each evaluation, so that evaluating it would
 * never end.
 */
export function growing(slots: Slots, where: string): SpecError {
  const asked = slots.nameOf(slots.count - 1);
  return new SpecError({
    what: `uncontrolled nondeterminism: each time it is evaluated it asks for another entry, now for ${asked}`,
    where,
    mend: 'Make the names of entries out of the state: look for a variable outside that counts.',
  });
}
