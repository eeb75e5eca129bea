import type { AnyAction } from '../../spec/action.ts';
import type { Fairness, Unit } from '../../spec/fairness.ts';
import type { AnySystem } from '../../spec/scenario.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { actorName } from '../actors.ts';
import type { EdgeDeed, Edges } from './edges.ts';

/** One fairness condition: the steps that it speaks of, as numbers of deeds. */
export interface Condition {
  readonly kind: 'weak' | 'strong';
  /** In words: `weak fairness of attach1`. */
  readonly name: string;
  /** Empty when no such step is ever enabled: then the condition is vacuous. */
  readonly deeds: ReadonlySet<number>;
}

/** What is assumed when a scenario does not say: processes go on, nothing else has to. */
export const DEFAULT_FAIRNESS: readonly Fairness[] = [{ kind: 'weak', unit: 'processes' }];

/** The fairness conditions of a system, given everything that was ever done in it. */
export function conditionsOf(system: AnySystem, edges: Edges): readonly Condition[] {
  return (system.fairness ?? DEFAULT_FAIRNESS).flatMap((fairness) =>
    conditionsFor(fairness, edges),
  );
}

/** Throws a SpecError for a fairness assumption about an action or label that the system does not have. */
export function checkFairness(system: AnySystem, scenario: string): void {
  const actions = [...(system.actions ?? []), ...(system.faults ?? [])];
  for (const { unit } of system.fairness ?? []) {
    if (typeof unit === 'string' || unit.kind === 'flow' || unit.kind === 'all-but') continue;
    if (unit.kind === 'label') {
      if (unit.flow.labels.includes(unit.label)) continue;
      throw new SpecError({
        what: `fairness is asked for the label '${unit.label}', which flow '${unit.flow.name}' does not have`,
        where: `scenario '${scenario}'`,
        mend: `Its labels are ${unit.flow.labels.join(', ')}.`,
      });
    }
    if (actions.some((action) => sameAction(action, unit))) continue;
    throw new SpecError({
      what: `fairness is asked for the action '${nameOf(unit)}', which the system does not have`,
      where: `scenario '${scenario}'`,
      mend: `It has ${actions.map(nameOf).join(', ') || 'none'}.`,
    });
  }
}

function conditionsFor({ kind, unit }: Fairness, edges: Edges): readonly Condition[] {
  const named = (name: string) => `${kind} fairness of ${name}`;
  const those = (is: (deed: EdgeDeed) => boolean) =>
    new Set([...edges.deeds.keys()].filter((i) => is(edges.deeds[i] as EdgeDeed)));
  if (unit === 'anything') {
    return [{ kind, name: named('anything'), deeds: those(({ actor }) => actor.kind !== 'fault') }];
  }
  if (isAction(unit)) {
    const deeds = those(({ actor }) => actor.kind !== 'process' && sameAction(actor.action, unit));
    return [{ kind, name: named(nameOf(unit)), deeds }];
  }
  const pids = new Set(edges.deeds.flatMap((deed) => pidIn(unit, deed) ?? []));
  const label = typeof unit === 'object' && unit.kind === 'label' ? `.${unit.label}` : '';
  const conditions = [...pids].map((pid) => ({
    kind,
    name: named(`${pid}${label}`),
    deeds: those((deed) => pidIn(unit, deed) === pid),
  }));
  if (conditions.length > 0 || unit === 'processes' || unit.kind === 'all-but') return conditions;
  const flow = unit.kind === 'label' ? unit.flow.name : unit.name;
  return [{ kind, name: named(`${flow}${label}`), deeds: new Set() }];
}

/** The process whose own condition a deed belongs to. */
function pidIn(unit: Exclude<Unit, 'anything' | AnyAction>, deed: EdgeDeed): string | undefined {
  if (deed.actor.kind !== 'process') return undefined;
  const isMeant =
    unit === 'processes' ||
    (unit.kind === 'all-but' && !unit.flows.some(({ name }) => name === deed.flow)) ||
    (unit.kind === 'flow' && unit.name === deed.flow) ||
    (unit.kind === 'label' && unit.flow.name === deed.flow && unit.label === deed.label);
  return isMeant ? actorName(deed.actor) : undefined;
}

function isAction(unit: Unit): unit is AnyAction {
  return typeof unit === 'object' && (unit.kind === 'action' || unit.kind === 'fault');
}

/** As in schedule words, without which two actions of one name could not be told apart. */
function nameOf({ actor, name }: AnyAction): string {
  return actor === undefined ? name : `${actor}.${name}`;
}

/** Faults are copied when their budget is set, so that they are compared by what they are called. */
function sameAction(one: AnyAction, other: AnyAction): boolean {
  return one.kind === other.kind && one.name === other.name && one.actor === other.actor;
}
