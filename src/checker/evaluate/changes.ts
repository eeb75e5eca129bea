import { own } from '../../spec/own.ts';
import type { Plain } from '../../spec/plain.ts';
import type { Change } from '../result/result.ts';
import { ABSENT, type SlotValue } from '../state/slots.ts';

/**
 * The changes between two values of one slot, field by field as deep as records go. An array
 * changes as a whole. `keys` is the path of the slot.
 */
export function changesOf(
  keys: readonly string[],
  before: SlotValue,
  after: SlotValue,
): readonly Change[] {
  return differences(
    keys,
    before === ABSENT ? undefined : before,
    after === ABSENT ? undefined : after,
  );
}

function differences(
  keys: readonly string[],
  before: Plain | undefined,
  after: Plain | undefined,
): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [change(keys, before, after)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => differences([...keys, name], own(before, name), own(after, name)));
}

function change(
  keys: readonly string[],
  before: Plain | undefined,
  after: Plain | undefined,
): Change {
  return { path: keys.join('.').replace(/^#/, ''), keys, before, after };
}

function isRecord(value: Plain | undefined): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
