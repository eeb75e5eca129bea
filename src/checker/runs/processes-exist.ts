import { processField } from '../evaluate/tracker.ts';
import { ABSENT, type Slots } from '../state/slots.ts';

/**
 * True once a process existed in some evaluated state. Slots prove nothing, because a recipe that
 * asks for a process that never exists leaves a slot behind.
 */
export function processesExist(slots: Slots): boolean {
  const known = [...processField(slots).slots.values()];
  return known.some((slot) => slots.values[slot]?.some((value) => value !== ABSENT) === true);
}
