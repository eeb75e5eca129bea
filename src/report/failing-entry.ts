import type { WorldState } from '../checker/result/result.ts';
import type { Plain } from '../spec/plain.ts';

/** An entry of a table, with its value in a state. */
export interface FailingEntry {
  /** As `table.id`. */
  readonly path: string;
  readonly value: Plain;
}

/**
 * The entry that a failing part names, with its value in a state; undefined where it names none, or
 * one that does not exist there. `part` ends in `table.id` or in `(table.id)`.
 */
export function failingEntry(part: string, { state }: WorldState): FailingEntry | undefined {
  const path = /\(([^()]*)\)$/.exec(part)?.[1] ?? part;
  const [, table = '', id = ''] = /^([^.]*)\.(.*)$/s.exec(path) ?? [];
  const entries = state[table];
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) return undefined;
  const value = Object.entries(entries).find(([key]) => key === id)?.[1];
  return value === undefined ? undefined : { path, value };
}
