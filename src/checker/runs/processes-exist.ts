import { processField } from '../evaluate/tracker.ts';
import { ABSENT, type Slots } from '../state/slots.ts';

/**
 * True once a process existed in some state that was evaluated. Slots alone are no evidence: a
 * recipe that asks for a process which never exists leaves a slot behind.
 */
export function processesExist(slots: Slots): boolean {
  const known = [...processField(slots).slots.values()];
  return known.some((slot) => slots.values[slot]?.some((value) => value !== ABSENT) === true);
}
