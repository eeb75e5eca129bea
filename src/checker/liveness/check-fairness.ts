import type { AnyAction } from '../../spec/action.ts';
import type { FlowLabel } from '../../spec/fairness.ts';
import { meaningOf } from '../../spec/named.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { AnySystem } from '../../spec/system.ts';
import { fairnessOf, nameOf, sameAction } from './conditions.ts';

/**
 * Throws a SpecError for a fairness assumption about something that the system does not have. It
 * would assume nothing, and a property that needs it would seem to fail.
 */
export function checkFairness(system: AnySystem, scenario: string): void {
  const where = `scenario '${scenario}', fairness`;
  const given: unknown = system.fairness;
  if (given !== undefined && !Array.isArray(given)) {
    throw new SpecError({ what: `it is ${kindOf(given)}, not a list`, where, mend: forms });
  }
  for (const assumption of fairnessOf(system) as readonly unknown[]) {
    checkUnit(unitOf(assumption, where), system, where);
    checkWhere((assumption as { where?: unknown }).where, where);
  }
}

const forms =
  "Write fairness: weaklyFair('processes'), or a list of what weaklyFair and stronglyFair return.";

/** The unit of a fairness assumption. A model that is not type-checked can put any value there. */
function unitOf(assumption: unknown, where: string): unknown {
  const kind: unknown = (assumption as { kind?: unknown } | null)?.kind;
  if (kind === 'weak' || kind === 'strong') return (assumption as { unit: unknown }).unit;
  throw new SpecError({ what: `it lists ${kindOf(assumption)}`, where, mend: forms });
}

function checkUnit(unit: unknown, system: AnySystem, where: string): void {
  if (unit === 'processes' || unit === 'anything') return;
  switch ((unit as { kind?: unknown } | null | undefined)?.kind) {
    case 'flow':
      return;
    case 'all-but':
      checkLeftOut((unit as { flows?: unknown }).flows, where);
      return;
    case 'label':
      checkLabel(unit as FlowLabel, where);
      return;
    case 'action':
    case 'fault':
      checkAction(unit as AnyAction, system, where);
      return;
    default:
      throw new SpecError({
        what: `it is asked for ${kindOf(unit)}`,
        where,
        mend: "Name 'processes' (each of them), 'anything' (all of them together), a flow, flow.at(label), allBut(flow) or an action.",
      });
  }
}

/** A function of the vocabulary, such as `allDone`, is about a state and not about a step. */
function checkWhere(condition: unknown, where: string): void {
  if (condition === undefined) return;
  if (typeof condition === 'function' && meaningOf(condition) === undefined) return;
  throw new SpecError({
    what: `its \`where\` is ${meaningOf(condition) ? 'a question about a state' : kindOf(condition)}`,
    where,
    mend: 'Give a test of steps: weaklyFair(action, (before, action, after) => …).',
  });
}

function checkLeftOut(flows: unknown, where: string): void {
  const all: readonly unknown[] = Array.isArray(flows) ? flows : [flows];
  const odd = all.find((flow) => (flow as { kind?: unknown } | null)?.kind !== 'flow');
  if (odd === undefined && !all.includes(undefined)) return;
  throw new SpecError({
    what: `it leaves out ${kindOf(odd)}, which is no flow`,
    where,
    mend: 'Name the flows themselves: allBut(flow, otherFlow).',
  });
}

function checkLabel({ flow, label }: FlowLabel, where: string): void {
  if (flow.labels.includes(label)) return;
  throw new SpecError({
    what: `it is asked for the label '${label}', which flow '${flow.name}' does not have`,
    where,
    mend: `Its labels are ${flow.labels.join(', ')}.`,
  });
}

function checkAction(unit: AnyAction, system: AnySystem, where: string): void {
  const actions = [...(system.actions ?? []), ...(system.faults ?? [])];
  if (actions.some((action) => sameAction(action, unit))) return;
  throw new SpecError({
    what: `it is asked for the action '${nameOf(unit)}', which the system does not have`,
    where,
    mend: `It has ${actions.map(nameOf).join(', ') || 'none'}.`,
  });
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
