import type { Plain } from '../../spec/plain.ts';
import type { WorldState } from '../result/result.ts';
import { ABSENT, FAULTS, type Field, PROCESSES, type Slots } from '../state/slots.ts';
import type { NumberSource } from './tracker.ts';

/** The whole state that a source of value numbers describes, as plain data with sorted keys. */
export function worldOf(slots: Slots, source: NumberSource): WorldState {
  const valueAt = (slot: number) => slots.valueOf(slot, source.numberOf(slot));
  const tableOf = ({ sorted }: Field): Record<string, Plain> => {
    const table: Record<string, Plain> = {};
    // No entry has a name that objects inherit, so plain assignment is safe.
    for (let i = 0; i < sorted.length; i++) {
      const [id, slot] = sorted[i] as readonly [string, number];
      const value = valueAt(slot);
      if (value !== ABSENT) table[id] = value;
    }
    return table;
  };
  const state: Record<string, Plain> = {};
  for (const field of slots.fields.values()) {
    if (field.name.startsWith('#')) continue;
    // A single value exists from the start and cannot be deleted.
    state[field.name] =
      field.kind === 'table' ? tableOf(field) : (valueAt(slots.slot(field, '')) as Plain);
  }
  const hidden = (name: string) => {
    const field = slots.fields.get(name);
    return field === undefined ? {} : tableOf(field);
  };
  return {
    state,
    // Only the checker writes these two tables.
    processes: hidden(PROCESSES) as WorldState['processes'],
    faults: hidden(FAULTS) as WorldState['faults'],
  };
}
