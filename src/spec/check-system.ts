import { checkProperty } from './check-property.ts';
import type { AnyFlow } from './process.ts';
import type { AnyProperty } from './property.ts';
import { isRecord, quoted, refuse, refuseUnknown } from './refuse.ts';
import { memberNames } from './symmetry.ts';
import type { AnySystem } from './system.ts';

const fields: { readonly [field in keyof AnySystem]-?: true } = {
  init: true,
  processes: true,
  actions: true,
  faults: true,
  properties: true,
  final: true,
  within: true,
  fairness: true,
  symmetry: true,
};

const propertyKinds: { readonly [kind in AnyProperty['kind']]: true } = {
  always: true,
  never: true,
  reachable: true,
  step: true,
  implements: true,
  eventually: true,
  infinitelyOften: true,
  eventuallyAlways: true,
  leadsTo: true,
};

/** The flows of processes by id, if the vocabulary knows them. */
export type KnownFlows = { readonly [pid: string]: AnyFlow } | undefined;

/**
 * Returns the system if it is well formed and its processes run `flows`. Throws a SpecError for
 * what the types forbid, because the command does not type-check a file and a misspelt field would
 * be ignored. `checkFairness` checks fairness.
 */
export function checkSystem(system: AnySystem, where: string, flows?: KnownFlows): AnySystem {
  if (!isRecord(system)) {
    refuse(
      where,
      `its \`system\` returned ${quoted(system)}`,
      'Return { init, processes, properties … }.',
    );
  }
  refuseUnknown(system, Object.keys(fields), 'field of a system', where);
  if (typeof system.init !== 'function') {
    refuse(where, 'its system has no `init`', 'Write it like this: init: () => ({ n: 0 })');
  }
  checkProcesses(system, where, flows);
  checkList(system, 'actions', (action) => kindOf(action) === 'action', where);
  checkList(system, 'faults', (fault) => kindOf(fault) === 'fault', where);
  checkList(
    system,
    'properties',
    (property) => Object.hasOwn(propertyKinds, kindOf(property)),
    where,
  );
  for (const property of system.properties ?? []) checkProperty(property, where);
  const { final, within, symmetry } = system;
  if (symmetry !== undefined) memberNames(symmetry, where);
  if (within !== undefined && typeof within !== 'function') {
    refuse(
      where,
      `\`within\` is ${quoted(within)}`,
      'Give a function of the state: within: (state) => state.n <= 3',
    );
  }
  if (final === undefined || final === 'anywhere' || typeof final === 'function') return system;
  return refuse(
    where,
    `\`final\` is ${quoted(final)}`,
    "Give a function of the state, or 'anywhere'.",
  );
}

function checkProcesses({ processes }: AnySystem, where: string, flows: KnownFlows): void {
  if (processes === undefined) return;
  const form = "List them by id: processes: { ann: flow.start('v1') }";
  if (!isRecord(processes)) refuse(where, `\`processes\` is ${quoted(processes)}`, form);
  for (const [pid, process] of Object.entries(processes)) {
    if (isRecord(process) && kindOf(process.flow) === 'flow') {
      checkFlow(pid, process.flow, where, flows);
      continue;
    }
    const what = kindOf(process) === 'flow' ? 'a flow that is not started' : quoted(process);
    refuse(where, `its process '${pid}' is ${what}`, form);
  }
}

/** Throws a SpecError for a process that `withProcesses` does not name, or of another flow. */
function checkFlow(pid: string, { name }: AnyFlow, where: string, flows: KnownFlows): void {
  if (flows === undefined) return;
  const known = Object.entries(flows).map(([id, flow]) => `${id}: ${flow.name}`);
  const meant = Object.hasOwn(flows, pid) ? flows[pid]?.name : undefined;
  if (meant === name) return;
  refuse(
    where,
    meant === undefined
      ? `its process '${pid}' is none of those that withProcesses names`
      : `its process '${pid}' runs the flow '${name}', and withProcesses says '${meant}'`,
    `Named are ${known.join(', ')}.`,
  );
}

function checkList(
  system: AnySystem,
  name: 'actions' | 'faults' | 'properties',
  isMeant: (item: unknown) => boolean,
  where: string,
): void {
  const list: unknown = system[name];
  if (list === undefined) return;
  const form = `List what the functions of \`spec()\` return: ${name}: [${examples[name]}]`;
  if (!Array.isArray(list)) refuse(where, `\`${name}\` is ${quoted(list)}`, form);
  for (const item of list) {
    if (!isMeant(item)) refuse(where, `\`${name}\` lists ${described(item)}`, form);
  }
}

const examples = {
  actions: "world.action({ name: 'tick', do: … })",
  faults: "world.fault({ name: 'crash', do: … })",
  properties: "world.always('it holds', (state) => …)",
} as const;

/**
 * The kind of a value that the vocabulary makes: 'flow', 'action', 'fault', 'always' and so on; ''
 * for any other value.
 */
const kindOf = (value: unknown): string =>
  isRecord(value) && typeof value['kind'] === 'string' ? value['kind'] : '';

function described(item: unknown): string {
  const kind = kindOf(item);
  const name = isRecord(item) && typeof item['name'] === 'string' ? ` '${item['name']}'` : '';
  if (kind !== '') return `the ${kind}${name}`;
  if (typeof item === 'function') return 'a function';
  return Array.isArray(item) ? 'a list' : quoted(item);
}
