import type { WorldState } from '../checker/result/result.ts';
import { shorten, widthOf } from './text-width.ts';
import { printable, valueText } from './value-text.ts';

/**
 * A lock that a process holds. By convention locks stand in a table `locks`, with their holder or
 * null.
 */
interface Held {
  readonly lock: string;
  readonly holder: string;
}

/** The locks that processes hold in a state; none where it has no table `locks`. */
export function heldLocks(world: WorldState): readonly Held[] {
  const locks = world.state['locks'];
  if (typeof locks !== 'object' || locks === null || Array.isArray(locks)) return [];
  return Object.entries(locks)
    .filter(([, holder]) => holder !== null && holder !== '' && holder !== false)
    .map(([lock, holder]) => ({ lock: printable(lock), holder: valueText(holder) }));
}

/** All locks on one line of any length. */
export function locksText(locks: readonly Held[]): string {
  return locks.map(({ lock, holder }) => `${lock}: ${holder}`).join(', ');
}

/**
 * Lines of at most `width` columns with as many locks as fit. Of a lock that is too long the name
 * is cut first, then the holder.
 */
export function lockLines(locks: readonly Held[], width: number): string[] {
  const lines: string[] = [];
  for (const { lock, holder } of locks) {
    const room = Math.max(6, width - widthOf(holder) - 2);
    const text = shorten(`${shorten(lock, room)}: ${holder}`, width);
    const joined = `${lines.at(-1) ?? ''}, ${text}`;
    if (lines.length > 0 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(text);
  }
  return lines;
}
