import type { Action, AnyAction, Fault } from './action.ts';
import type { StepTest } from './bodies.ts';
import type { AnyFlow } from './process.ts';
import type { AnyStepTest } from './property.ts';
import { refuse } from './refuse.ts';

/** One label of a flow, for every process that stands at it. */
export interface FlowLabel {
  readonly kind: 'label';
  readonly flow: AnyFlow;
  readonly label: string;
}

/** Each process as a unit of its own, except while it runs one of these flows. */
export interface AllBut {
  readonly kind: 'all-but';
  readonly flows: readonly AnyFlow[];
}

/**
 * Every process except those of the given flows, such as people, who are under no obligation to
 * act.
 */
export const allBut = (...flows: readonly AnyFlow[]): AllBut => ({ kind: 'all-but', flows });

/**
 * What fairness is assumed of. A flow means each process that runs it; a label, each process at it;
 * an action, that action. 'processes' means every process by itself, and `allBut` the same without
 * some flows. 'anything' means everything but the faults, as one unit.
 */
export type Unit = AnyFlow | FlowLabel | AllBut | AnyAction | 'processes' | 'anything';

/**
 * An assumption about infinite runs. Weak: a unit that can take a step at every moment from some
 * moment on takes one again and again. Strong: a unit that can take a step again and again takes
 * one again and again. Only steps that change the state count (WF and SF of TLA+: Lamport,
 * Specifying Systems, 8.5 and 8.9).
 */
export interface Fairness {
  readonly kind: 'weak' | 'strong';
  readonly unit: Unit;
  /**
   * Only steps of the unit of which this is true count, for what is enabled and for what is taken;
   * without it all do. Source: fairness of a conjunction, WF_v(A /\\ P) (Lamport, as above).
   */
  readonly where?: AnyStepTest;
}

/**
 * What a system assumes. A list within the list is spliced into it, since `weaklyFair` returns one.
 */
export type Assumptions = readonly (Fairness | readonly Fairness[])[];

/**
 * Assumes weak fairness of each of the units; or of the steps of one action of which `where` is
 * true, such as those with one option of a pick. `weaklyFair` of `spec()` takes `where` for any
 * unit. Throws a SpecError when `where` follows several units.
 */
export function weaklyFair<S>(
  action: Action<S> | Fault<S>,
  where: StepTest<S>,
): readonly Fairness[];
export function weaklyFair(...units: readonly Unit[]): readonly Fairness[];
export function weaklyFair(...asked: readonly unknown[]): readonly Fairness[] {
  return assumed('weak', asked);
}

/** Assumes strong fairness of each of the units, or of some steps of one, as `weaklyFair` does. */
export function stronglyFair<S>(
  action: Action<S> | Fault<S>,
  where: StepTest<S>,
): readonly Fairness[];
export function stronglyFair(...units: readonly Unit[]): readonly Fairness[];
export function stronglyFair(...asked: readonly unknown[]): readonly Fairness[] {
  return assumed('strong', asked);
}

/** The assumption for what a call of `weaklyFair` or `stronglyFair` lists. */
export function assumed(kind: Fairness['kind'], asked: readonly unknown[]): readonly Fairness[] {
  const units = asked.filter((each) => typeof each !== 'function');
  const [where] = asked.filter((each) => typeof each === 'function');
  // The overloads say what the values are, and the checker refuses what is no unit.
  if (where === undefined) return units.map((unit) => ({ kind, unit: unit as Unit }));
  if (asked.length === 2 && asked[1] === where) {
    return [{ kind, unit: units[0] as Unit, where: where as AnyStepTest }];
  }
  return refuse(
    `${kind === 'weak' ? 'weaklyFair' : 'stronglyFair'}`,
    'a condition belongs to one unit, and follows it',
    'Write weaklyFair(action, (before, action, after) => …), once for each unit.',
  );
}
