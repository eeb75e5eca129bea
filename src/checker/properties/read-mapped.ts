import type { AnyFlow, Process } from '../../spec/process.ts';
import type { Mapped } from '../../spec/refinement.ts';
import { isRecord, quoted } from '../../spec/refuse.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { Field, Slots } from '../state/slots.ts';

/** The abstract system to whose states a map leads. */
interface Around {
  readonly slots: Slots;
  readonly flows: ReadonlyMap<string, AnyFlow>;
  /** The processes with which it begins. */
  readonly listed: { readonly [pid: string]: Process | undefined };
  /** The table of its processes. */
  readonly table: Field;
}

type Value = readonly [slot: number, value: unknown];

/**
 * The values of an abstract state by slot. Throws a SpecError for a field, a process, a label or a
 * variable that the abstract system does not have, and for one that is left out.
 */
export function readMapped({ state, processes, ...rest }: Mapped<object>, around: Around): Value[] {
  const odd = Object.keys(rest)[0];
  if (odd !== undefined)
    refuse(`returns '${odd}' beside \`state\` and \`processes\``, 'Remove it.');
  return [...fieldsOf(state, around), ...processesOf(processes ?? {}, around)];
}

function fieldsOf(state: object, { slots }: Around): Value[] {
  const fields = [...slots.fields.values()].filter(({ name }) => !name.startsWith('#'));
  const known = `It has ${fields.map(({ name }) => name).join(', ')}.`;
  const given = new Map<string, unknown>(Object.entries(state));
  for (const name of given.keys()) {
    if (fields.every((field) => field.name !== name)) {
      refuse(`names the field '${name}', which the abstract system does not have`, known);
    }
  }
  return fields.flatMap((field) => {
    const value = given.get(field.name);
    if (value === undefined) refuse(`leaves out the field '${field.name}'`, known);
    if (field.kind === 'single') return [[slots.slot(field, ''), copied(value)]];
    if (!isRecord(value)) {
      refuse(`gives '${field.name}' the value ${quoted(value)}`, 'It is a record by id.');
    }
    return entriesOf(value, field, slots);
  });
}

function entriesOf(record: object, field: Field, slots: Slots): Value[] {
  return Object.entries(record).map(([id, entry]): Value => [slots.slot(field, id), copied(entry)]);
}

function processesOf(given: NonNullable<Mapped<object>['processes']>, around: Around): Value[] {
  const { slots, table, listed } = around;
  const all = Object.keys(listed).join(', ') || 'none';
  return Object.entries(given).map(([pid, process]): Value => {
    const flow = flowOf(pid, process, around);
    if (flow === undefined) {
      refuse(
        `names the process '${pid}', which the abstract system does not have`,
        `It has ${all}.`,
      );
    }
    const { at, vars = {} } = process;
    if (at !== 'done' && !flow.labels.includes(at)) {
      refuse(
        `puts '${pid}' at ${quoted(at)}, which is no label of flow '${flow.name}'`,
        `Its labels are ${flow.labels.join(', ')} and done.`,
      );
    }
    checkVars(pid, vars, listed[pid]?.vars);
    return [slots.slot(table, pid), { flow: flow.name, at, vars: copied(vars) }];
  });
}

/** The flow of a process: that with which it begins, or the one that the map names. */
function flowOf(pid: string, process: unknown, { flows, listed }: Around): AnyFlow | undefined {
  if (!isRecord(process)) {
    refuse(
      `gives the process '${pid}' as ${quoted(process)}`,
      "Give { at: 'label', vars: { … } }.",
    );
  }
  const name: unknown = process['flow'];
  return typeof name === 'string' ? flows.get(name) : listed[pid]?.flow;
}

function checkVars(pid: string, vars: object, known: object | undefined): void {
  if (known === undefined) return;
  const names = `They are ${Object.keys(known).join(', ') || 'none'}.`;
  const odd = Object.keys(vars).find((name) => !Object.hasOwn(known, name));
  if (odd !== undefined)
    refuse(`gives '${pid}' the variable '${odd}', which it does not have`, names);
  const missing = Object.keys(known).find((name) => !Object.hasOwn(vars, name));
  if (missing !== undefined) refuse(`leaves out the variable '${missing}' of '${pid}'`, names);
}

/** A copy of what a map took from the views of a state, which end with the evaluation. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part)]));
}

/** Other objects stay as they are, so that they are refused as no plain data. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refuse(what: string, mend: string): never {
  throw new SpecError({ what: `its map ${what}`, mend });
}
