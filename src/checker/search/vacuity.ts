import type { AnyProperty, StateProperty } from '../../spec/property.ts';
import { tablesAsked } from '../evaluate/tables-asked.ts';
import type { StateChecker } from '../properties/state-checker.ts';
import type { Trace } from '../result/result.ts';
import type { Machine } from '../transitions/machine.ts';

/** Why a property asked nothing: its premise was never true. Undefined where it was. */
export function unmetPremise(
  property: StateProperty,
  stateChecker: StateChecker,
): string | undefined {
  const unmet = stateChecker.unmetPremises(property);
  if (unmet.length === 0) return undefined;
  const [part] = unmet;
  return part === undefined ? 'its premise never held' : `the premise of '${part}' never held`;
}

/** Why a property asked nothing: its table never had an entry. Undefined where it had. */
export function emptyTable(property: AnyProperty, { slots }: Machine): string | undefined {
  if (property.kind === 'reachable') return undefined;
  const empty = tablesAsked(property).find((table) => {
    const used = [...(slots.fields.get(table)?.slots.values() ?? [])];
    return !used.some((slot) => slots.values[slot]?.some((value) => typeof value !== 'symbol'));
  });
  return empty === undefined ? undefined : `'${empty}' never had an entry`;
}

/** Why a run reaches its state trivially: the table of the question has no entry there. */
export function emptyThere(property: StateProperty, trace: Trace | undefined): string | undefined {
  const there = trace?.steps.at(-1)?.state ?? trace?.init;
  const empty = tablesAsked(property).find(
    (table) => Object.keys(there?.state[table] ?? {}).length === 0,
  );
  return empty === undefined ? undefined : `'${empty}' has no entry where it is reached`;
}
