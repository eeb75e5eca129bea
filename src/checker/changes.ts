import type { Plain } from '../spec/plain.ts';
import type { Change } from './result.ts';
import { ABSENT, type SlotValue } from './slots.ts';

/**
 * What changed between two values of one slot, field by field as deep as records go; arrays change as a
 * whole. `path` is the name of the slot.
 */
export function changesOf(path: string, before: SlotValue, after: SlotValue): readonly Change[] {
  return differences(
    path,
    before === ABSENT ? undefined : before,
    after === ABSENT ? undefined : after,
  );
}

function differences(path: string, before: Plain | undefined, after: Plain | undefined): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(`${path}.${key}`, before[key], after[key]));
}

function isRecord(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
