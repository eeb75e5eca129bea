import type { Picks } from '../result/schedule-entry.ts';
import { samePick } from './pick-options.ts';

/** True if both give the same answers to the same picks. */
export function samePicks(one: Picks, other: Picks): boolean {
  if (one.length !== other.length) return false;
  return one.every(([name, value], i) => {
    const [twin, same] = other[i] as Picks[number];
    return name === twin && samePick(value, same);
  });
}
