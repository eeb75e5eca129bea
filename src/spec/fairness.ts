import type { AnyAction } from './action.ts';
import type { AnyFlow } from './process.ts';

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
}

/**
 * What a system assumes. A list within the list is spliced into it, since `weaklyFair` returns one.
 */
export type Assumptions = readonly (Fairness | readonly Fairness[])[];

/** Assumes weak fairness of each of the units. */
export function weaklyFair(...units: readonly Unit[]): readonly Fairness[] {
  return units.map((unit) => ({ kind: 'weak', unit }));
}

/** Assumes strong fairness of each of the units. */
export function stronglyFair(...units: readonly Unit[]): readonly Fairness[] {
  return units.map((unit) => ({ kind: 'strong', unit }));
}
