import type { FlowLabel } from '../../spec/fairness.ts';
import type { Parameters } from '../../spec/parameters.ts';
import type { Process } from '../../spec/process.ts';
import { isRecord, quoted, refuse, refuseOther, refuseUnknown } from '../../spec/refuse.ts';
import { faultNames } from '../faults/faults.ts';
import { type ReleaseName, releaseNames } from '../releases/release-names.ts';
import { type Switches, switchDefinitions, switchNames } from '../releases/switches.ts';
import type { CloudScenarioOptions } from './cloud-scenario-options.ts';

const fields: { readonly [field in keyof CloudScenarioOptions<Parameters>]-?: true } = {
  name: true,
  about: true,
  release: true,
  site: true,
  parameters: true,
  refuses: true,
  entities: true,
  operations: true,
  faults: true,
  crashes: true,
  liveness: true,
  reachable: true,
  symmetry: true,
  expect: true,
};

/**
 * Throws a SpecError for a scenario that is wrong, as far as that shows before its parameters have
 * values.
 */
export function checkOptions<P extends Parameters>(
  options: CloudScenarioOptions<P>,
  where: string,
): void {
  refuseUnknown(options, Object.keys(fields), 'field', where);
  for (const name of ['entities', 'operations'] as const) {
    if (typeof options[name] === 'function') continue;
    const example =
      name === 'entities'
        ? "({ servers: { s1: 'h1' }, volumes: {} })"
        : "({ delete1: deleteServer.start('s1') })";
    refuse(where, `it has no \`${name}\``, `Write it like this: ${name}: () => ${example}`);
  }
  const { release, site, parameters = {} } = options;
  if (typeof release !== 'function') checkRelease(release, where);
  if (site !== undefined && typeof site !== 'function') checkSite(site, where);
  const own = typeof release === 'function' ? [] : ['release'];
  const taken = Object.keys(parameters).find((name) => [...own, ...switchNames].includes(name));
  if (taken === undefined) return;
  const mend =
    taken === 'release'
      ? 'Rename it, or say by it which release there is: release: ({ release }) => release'
      : 'Every scenario has a parameter for each switch: rename yours.';
  refuse(where, `it has a parameter '${taken}' of its own`, mend);
}

/** The release, if it is one. */
export function checkRelease(release: unknown, where: string): ReleaseName {
  refuseOther(release, releaseNames, 'release', where);
  return release as ReleaseName;
}

/** The switches that a site assumes, if there are such switches with such values. */
export function checkSite(site: Partial<Switches>, where: string): Partial<Switches> {
  const place = `${where}, site`;
  if (!isRecord(site))
    refuse(place, `it is ${quoted(site)}`, "Write it like this: site: { L3: 'host' }");
  refuseUnknown(site, switchNames, 'switch', place);
  for (const [name, { values }] of Object.entries(switchDefinitions)) {
    const value = (site as { readonly [name: string]: unknown })[name];
    if (value !== undefined) refuseOther(value, values, name, place);
  }
  return site;
}

/** Checks budgets of faults: there are such faults, and each can happen so often. */
export function checkBudgets(budgets: object, where: string): void {
  const place = `${where}, faults`;
  if (!isRecord(budgets)) {
    refuse(
      place,
      `it returned ${quoted(budgets)}`,
      'Write it like this: faults: () => ({ crash: 1 })',
    );
  }
  refuseUnknown(budgets, faultNames, 'fault', place);
  for (const [name, times] of Object.entries(budgets)) {
    if (times === undefined || (Number.isSafeInteger(times) && Number(times) >= 0)) continue;
    refuse(place, `${name} cannot happen ${quoted(times)} times`, 'Give 0, 1, 2 …');
  }
}

/** Checks where a service may die: there are such labels. */
export function checkCrashes(labels: readonly FlowLabel[], where: string): void {
  const place = `${where}, crashes`;
  for (const { flow, label } of labels) {
    if (flow.labels.includes(label)) continue;
    refuse(place, `'${flow.name}' has no label '${label}'`, `It has ${flow.labels.join(', ')}.`);
  }
}

/** Checks the processes with which a scenario begins. */
export function checkOperations(
  operations: { readonly [pid: string]: Process },
  where: string,
): { readonly [pid: string]: Process } {
  const place = `${where}, operations`;
  const form = "Write it like this: operations: () => ({ delete1: deleteServer.start('s1') })";
  if (!isRecord(operations)) refuse(place, `it returned ${quoted(operations)}`, form);
  for (const [pid, process] of Object.entries(operations)) {
    const { flow, kind }: { flow?: unknown; kind?: unknown } = isRecord(process) ? process : {};
    if (isRecord(flow)) continue;
    const what = kind === 'flow' ? 'a flow that is not started' : quoted(process);
    refuse(place, `'${pid}' is ${what}`, form);
  }
  return operations;
}
