import type { AnyAction } from '../../spec/action.ts';
import { own } from '../../spec/own.ts';
import type { Process } from '../../spec/process.ts';
import type { AnyProperty } from '../../spec/property.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { AnySystem } from '../../spec/system.ts';
import { DEADLOCK, NEVER_STUCK } from '../result/end-questions.ts';
import { UsageError } from '../result/usage-error.ts';
import { ABSENT, FAULTS, type Field, PROCESSES, Slots } from '../state/slots.ts';
import type { Actor } from './actors.ts';
import { blame } from './blame.ts';
import { Flows } from './flows.ts';
import { type GivenState, initialStates, initOf, isRecord } from './initial-states.ts';
import { processState } from './processes-view.ts';
import { checkTables } from './tables-asked.ts';

/** A system that is ready for a search. */
export interface Loaded {
  readonly slots: Slots;
  readonly flows: Flows;
  /** Processes in the order of the scenario, then actions, then faults. */
  readonly actors: readonly Actor[];
  /** Each initial state as value numbers by slot; missing trailing slots hold value 0. */
  readonly initial: readonly (readonly number[])[];
}

type Budgets = { readonly [fault: string]: number };

/**
 * Turns a system into slots, actors and initial states. `budgets` replaces those of the faults that
 * it names. Throws a SpecError when an initial state is not plain data or has other fields than the
 * first, or when a property names a table that does not exist, and a UsageError for a fault that
 * the system does not have.
 */
export function load(system: AnySystem, scenario: string, budgets: Budgets = {}): Loaded {
  const slots = new Slots();
  const states = initialStates(system, scenario);
  const fields = declareFields(slots, states, scenario);
  const faults = budgeted(system.faults ?? [], budgets, scenario);
  const processes = Object.entries(system.processes ?? {});
  const flows = flowsOf(system, processes, scenario);
  refuseNamesakes(system.properties ?? [], scenario);
  checkTables(system.properties ?? [], slots);
  const common = {
    [PROCESSES]: Object.fromEntries(
      processes.map(([pid, process]) => [pid, processState(process)]),
    ),
    [FAULTS]: Object.fromEntries(
      faults.filter(isCounted).map((fault) => [fault.name, fault.times]),
    ),
  };
  const vectors = states.map((state) =>
    numbersOf(slots, { ...state, ...common }, fields, scenario),
  );
  // A slot that first appears in a later initial state is absent in the earlier ones.
  const initial = vectors.map((vector) =>
    Array.from({ length: slots.count }, (_, slot) => vector[slot] ?? slots.intern(slot, ABSENT)),
  );
  return { slots, flows, actors: actorsOf(slots, processes, system, faults), initial };
}

function declareFields(
  slots: Slots,
  states: readonly GivenState[],
  scenario: string,
): readonly string[] {
  const names = Object.keys(states[0] ?? {});
  for (const [name, value] of Object.entries(states[0] ?? {})) {
    if (name.startsWith('#'))
      throw broken(scenario, `the field '${name}' begins with '#'`, 'Rename it.');
    slots.addField(name, isRecord(value) ? 'table' : 'single');
  }
  for (const state of states) {
    refuseLostTables(slots, state, scenario);
    const odd = Object.keys(state).find((name) => !slots.fields.has(name));
    const missing = names.find((name) => !Object.hasOwn(state, name));
    const field = odd ?? missing;
    if (field === undefined) continue;
    throw broken(
      scenario,
      `its initial states do not all have the field '${field}'`,
      'Give every initial state the same fields; a field may be an empty record.',
    );
  }
  slots.addField(PROCESSES, 'table');
  slots.addField(FAULTS, 'table');
  return [...names, PROCESSES, FAULTS];
}

/**
 * Throws a SpecError for a field that is a table in the first initial state and something else in
 * this one.
 */
function refuseLostTables(slots: Slots, state: GivenState, scenario: string): void {
  for (const [name, value] of Object.entries(state)) {
    if (slots.fields.get(name)?.kind !== 'table' || isRecord(value)) continue;
    throw broken(
      scenario,
      `the field '${name}' is a table in one initial state and ${JSON.stringify(value)} in another`,
      'Give every initial state a record there; it may be empty.',
    );
  }
}

/**
 * The value numbers of one initial state, by slot. Slots that only other initial states have are
 * left out.
 */
function numbersOf(
  slots: Slots,
  state: GivenState,
  fields: readonly string[],
  scenario: string,
): readonly number[] {
  const numbers: number[] = [];
  for (const name of fields) {
    const field = slots.fields.get(name);
    if (field === undefined) continue;
    try {
      internField(slots, field, state[name], numbers);
    } catch (error) {
      throw blame(error, name === PROCESSES ? `scenario '${scenario}'` : initOf(scenario));
    }
  }
  return numbers;
}

function internField(slots: Slots, field: Field, value: unknown, numbers: number[]): void {
  const entries = field.kind === 'table' ? Object.entries(value as object) : [['', value] as const];
  for (const [id, entry] of entries) {
    const known = field.slots.get(id);
    const slot = known ?? slots.firstSlot(field, id, entry);
    numbers[slot] = known === undefined ? 0 : slots.intern(slot, entry);
  }
}

function actorsOf(
  slots: Slots,
  processes: readonly (readonly [string, unknown])[],
  system: AnySystem,
  faults: readonly AnyAction[],
): readonly Actor[] {
  const processSlots = slots.fields.get(PROCESSES)?.slots;
  const budgetSlots = slots.fields.get(FAULTS)?.slots;
  return [
    ...processes.map(
      ([pid]): Actor => ({ kind: 'process', pid, slot: processSlots?.get(pid) ?? -1 }),
    ),
    ...(system.actions ?? []).map(
      (action): Actor => ({ kind: 'action', action, budget: undefined }),
    ),
    ...faults.map(
      (action): Actor => ({ kind: 'fault', action, budget: budgetSlots?.get(action.name) }),
    ),
  ];
}

function budgeted(
  faults: readonly AnyAction[],
  budgets: Budgets,
  scenario: string,
): readonly AnyAction[] {
  const names = faults.map((fault) => fault.name);
  for (const [name, times] of Object.entries(budgets)) {
    if (!names.includes(name)) {
      const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
      throw new UsageError(`scenario '${scenario}' has no fault '${name}'`, known);
    }
    if (!(Number.isInteger(times) && times >= 0)) {
      throw new UsageError(`the budget of fault '${name}' cannot be ${times}`, 'Give 0, 1, 2 …');
    }
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw broken(scenario, `it lists the fault '${twice}' twice`, 'Remove one.');
  for (const { name, times } of faults) {
    if (times === Number.POSITIVE_INFINITY || (Number.isInteger(times) && times >= 0)) continue;
    throw broken(scenario, `the budget of its fault '${name}' is '${times}'`, 'Give 0, 1, 2 …');
  }
  return faults
    .map((fault) => ({ ...fault, times: own(budgets, fault.name) ?? fault.times }))
    .filter((fault) => fault.times > 0);
}

/** The flows of the initial processes. A fault counts even with a budget of 0. */
function flowsOf(
  { actions = [], faults = [] }: AnySystem,
  processes: readonly (readonly [pid: string, process: Process])[],
  scenario: string,
): Flows {
  try {
    const flows = new Flows([...actions, ...faults]);
    for (const [pid, process] of processes) flows.enter(pid, process);
    return flows;
  } catch (error) {
    throw blame(error, `scenario '${scenario}'`);
  }
}

/** Throws a SpecError for two properties with one name, because results are kept by name. */
function refuseNamesakes(properties: readonly AnyProperty[], scenario: string): void {
  const names: string[] = [DEADLOCK, NEVER_STUCK, ...properties.map(({ name }) => name)];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  const isReserved = twice === DEADLOCK || twice === NEVER_STUCK;
  const reserved = isReserved ? ', which is the name of the check for deadlocks' : '';
  throw broken(
    scenario,
    `it has two properties called '${twice}'${reserved}`,
    'Give each a sentence of its own.',
  );
}

function isCounted(fault: AnyAction): boolean {
  return fault.times !== Number.POSITIVE_INFINITY;
}

function broken(scenario: string, what: string, mend?: string): SpecError {
  return new SpecError({ what, where: `scenario '${scenario}'`, mend });
}
