import type { AnyProperty, ReachableStep, StateProperty } from '../../spec/property.ts';
import { changesAsked, tablesAsked } from '../evaluate/tables-asked.ts';
import type { StateChecker } from '../properties/state-checker.ts';
import type { Trace } from '../result/result.ts';
import { isEqual } from '../state/plain-equality.ts';
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

/** Why a property of steps asked nothing: no step changes an entry of its table. */
export function unchangedTable(property: AnyProperty, { slots }: Machine): string | undefined {
  // With one value in each slot there is no change. More values may also be those of several
  // initial states, so that no more is claimed.
  const still = changesAsked(property).find((table) =>
    [...(slots.fields.get(table)?.slots.values() ?? [])].every(
      (slot) => (slots.values[slot]?.length ?? 0) < 2,
    ),
  );
  return still === undefined ? undefined : `no step changes an entry of '${still}'`;
}

/** Why a step is taken trivially: it changes no entry of the table of the question. */
export function unchangedThere(property: ReachableStep, trace: Trace): string | undefined {
  const before = (trace.steps.at(-2)?.state ?? trace.init).state;
  const after = trace.steps.at(-1)?.state.state ?? before;
  const still = changesAsked(property).find((table) => isEqual(before[table], after[table]));
  return still === undefined ? undefined : `the step changes no entry of '${still}'`;
}
