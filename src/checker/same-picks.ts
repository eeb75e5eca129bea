import { samePick } from './pick-options.ts';
import type { Picks } from './schedule-entry.ts';

/** True for the same answers to the same questions. */
export function samePicks(one: Picks, other: Picks): boolean {
  if (one.length !== other.length) return false;
  return one.every(([name, value], i) => {
    const [twin, same] = other[i] as Picks[number];
    return name === twin && samePick(value, same);
  });
}
