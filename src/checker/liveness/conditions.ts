import type { AnyAction } from '../../spec/action.ts';
import type { Fairness, Unit } from '../../spec/fairness.ts';
import type { AnyStepTest } from '../../spec/property.ts';
import type { AnySystem } from '../../spec/system.ts';
import { actorName } from '../evaluate/actors.ts';
import { subjectOf } from '../result/schedule-entry.ts';
import type { EdgeAction, Edges } from './edges.ts';

/** One fairness condition: the actions that it is about, by their numbers. */
export interface Condition {
  readonly kind: 'weak' | 'strong';
  /** In words: `weak fairness of attach1`. */
  readonly name: string;
  /** Empty when no such step is ever enabled; the condition is then vacuous. */
  readonly actions: ReadonlySet<number>;
}

/** The assumption of a scenario that states none: processes go on, and nothing else has to. */
const DEFAULT_FAIRNESS: readonly Fairness[] = [{ kind: 'weak', unit: 'processes' }];

/** The assumptions about the runs of a system, including the default. */
export function fairnessOf({ fairness }: Pick<AnySystem, 'fairness'>): readonly Fairness[] {
  return fairness?.flat() ?? DEFAULT_FAIRNESS;
}

/** The fairness conditions of a system, given all actions that were ever taken in it. */
export function conditionsOf(
  system: AnySystem,
  edges: Pick<Edges, 'actions'>,
): readonly Condition[] {
  const all = fairnessOf(system);
  return all.flatMap((fairness) => conditionsFor(fairness, edges, conditional(all, fairness)));
}

/** The tests of steps in the assumptions of a system, in order. */
export function wheresOf(system: Pick<AnySystem, 'fairness'>): readonly AnyStepTest[] {
  return fairnessOf(system).flatMap(({ where }) => where ?? []);
}

/** The number of an assumption among those with a condition; undefined for one without. */
function conditional(all: readonly Fairness[], one: Fairness): number | undefined {
  if (one.where === undefined) return undefined;
  return all.filter(({ where }) => where !== undefined).indexOf(one);
}

function conditionsFor(
  { kind, unit, where }: Fairness,
  edges: Pick<Edges, 'actions'>,
  condition: number | undefined,
): readonly Condition[] {
  const named = (name: string) => `${kind} fairness of ${name}${whereText(where)}`;
  const isMeant = ({ meets }: EdgeAction) => condition === undefined || meets[condition] === true;
  const those = (is: (action: EdgeAction) => boolean) => {
    const fits = (action: EdgeAction | undefined) =>
      action !== undefined && isMeant(action) && is(action);
    return new Set([...edges.actions.keys()].filter((i) => fits(edges.actions[i])));
  };
  if (unit === 'anything') {
    return [
      { kind, name: named('anything'), actions: those(({ actor }) => actor.kind !== 'fault') },
    ];
  }
  if (isAction(unit)) {
    const actions = those(
      ({ actor }) => actor.kind !== 'process' && sameAction(actor.action, unit),
    );
    return [{ kind, name: named(nameOf(unit)), actions }];
  }
  const pids = new Set(edges.actions.flatMap((action) => pidIn(unit, action) ?? []));
  const label = typeof unit === 'object' && unit.kind === 'label' ? `.${unit.label}` : '';
  const conditions = [...pids].map((pid) => ({
    kind,
    name: named(`${pid}${label}`),
    actions: those((action) => pidIn(unit, action) === pid),
  }));
  if (conditions.length > 0 || unit === 'processes' || unit.kind === 'all-but') return conditions;
  const flow = unit.kind === 'label' ? unit.flow.name : unit.name;
  return [{ kind, name: named(`${flow}${label}`), actions: new Set() }];
}

/** A condition by the name of its function, if it has one. */
function whereText(where: AnyStepTest | undefined): string {
  if (where === undefined) return '';
  return ` where ${where.name === '' || where.name === 'where' ? 'its condition is true' : where.name}`;
}

/** The process to whose own condition an action belongs. */
function pidIn(
  unit: Exclude<Unit, 'anything' | AnyAction>,
  action: EdgeAction,
): string | undefined {
  if (action.actor.kind !== 'process') return undefined;
  const isMeant =
    unit === 'processes' ||
    (unit.kind === 'all-but' && !unit.flows.some(({ name }) => name === action.flow)) ||
    (unit.kind === 'flow' && unit.name === action.flow) ||
    (unit.kind === 'label' && unit.flow.name === action.flow && unit.label === action.label);
  return isMeant ? actorName(action.actor) : undefined;
}

function isAction(unit: Unit): unit is AnyAction {
  return typeof unit === 'object' && (unit.kind === 'action' || unit.kind === 'fault');
}

/** The name as in schedule entries, with the actor, because two actions may share a name. */
export function nameOf({ actor, name }: AnyAction): string {
  return subjectOf(actor, name);
}

/** Compares by name, because setting a budget copies a fault. */
export function sameAction(one: AnyAction, other: AnyAction): boolean {
  return one.kind === other.kind && one.name === other.name && one.actor === other.actor;
}
