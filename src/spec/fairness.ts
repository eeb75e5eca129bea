import type { AnyAction } from './action.ts';
import type { AnyFlow } from './process.ts';

/** One label of a flow, wherever a process stands at it. */
export interface FlowLabel {
  readonly kind: 'label';
  readonly flow: AnyFlow;
  readonly label: string;
}

/** The steps of each process by itself, except where it runs one of these flows. */
export interface AllBut {
  readonly kind: 'all-but';
  readonly flows: readonly AnyFlow[];
}

/** Every process but those of some flows: of people, say, who need not do anything. */
export const allBut = (...flows: readonly AnyFlow[]): AllBut => ({ kind: 'all-but', flows });

/**
 * Steps that can be treated fairly: those of each process of a flow, of a label of each such
 * process, of an action; 'processes' is every process by itself, `allBut` the same without some
 * flows, 'anything' all that is not a fault taken together.
 */
export type Unit = AnyFlow | FlowLabel | AllBut | AnyAction | 'processes' | 'anything';

/**
 * An assumption about how runs go on for ever. Weak: a unit that could take a step all the time
 * from some moment on takes one again and again. Strong: one that could again and again does. Only
 * steps that change the state count (WF and SF of TLA+: Lamport, Specifying Systems, 8.5 and 8.9).
 */
export interface Fairness {
  readonly kind: 'weak' | 'strong';
  readonly unit: Unit;
}

/** What is assumed of a system; lists within the list count as if what is in them stood there. */
export type Assumptions = readonly (Fairness | readonly Fairness[])[];

/** Weak fairness for each of the units. */
export function weaklyFair(...units: readonly Unit[]): readonly Fairness[] {
  return units.map((unit) => ({ kind: 'weak', unit }));
}

/** Strong fairness for each of the units. */
export function stronglyFair(...units: readonly Unit[]): readonly Fairness[] {
  return units.map((unit) => ({ kind: 'strong', unit }));
}
