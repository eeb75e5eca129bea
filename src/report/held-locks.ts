import type { WorldState } from '../checker/result/result.ts';
import { shorten, widthOf } from './text-width.ts';
import { printable, valueText } from './value-text.ts';

/** A lock that is held. By convention they stand in a table `locks`, with their holder or null. */
interface Held {
  readonly lock: string;
  readonly holder: string;
}

/** The locks that are held in a state; none when it has no table of that name. */
export function heldLocks(world: WorldState): readonly Held[] {
  const locks = world.state['locks'];
  if (typeof locks !== 'object' || locks === null || Array.isArray(locks)) return [];
  return Object.entries(locks)
    .filter(([, holder]) => holder !== null && holder !== '' && holder !== false)
    .map(([lock, holder]) => ({ lock: printable(lock), holder: valueText(holder) }));
}

/** All on one line, however long that is. */
export function locksText(locks: readonly Held[]): string {
  return locks.map(({ lock, holder }) => `${lock}: ${holder}`).join(', ');
}

/**
 * As many locks on a line as fit into `width`. Where a lock does not, its name is cut before its
 * holder is.
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
