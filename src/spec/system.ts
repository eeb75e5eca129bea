import type { Action, AnyAction, Fault } from './action.ts';
import type { Test } from './bodies.ts';
import type { Assumptions } from './fairness.ts';
import type { Labels, Process } from './process.ts';
import type { AnyProperty, AnyTest } from './property.ts';
import type { Property } from './questions.ts';

/** A closed system: where it starts, what can happen, what must be true. */
export interface System<S, N extends string = string, Ps extends Labels = Labels> {
  /**
   * The initial state, or all of them. Each field is a table (a record by id) or a single value.
   */
  readonly init: () => S | readonly S[];
  readonly processes?: { readonly [pid in keyof Ps]?: Process<Ps[pid]> };
  readonly actions?: readonly Action<S>[];
  readonly faults?: readonly Fault<S>[];
  readonly properties?: readonly Property<S, N>[];
  /**
   * The states in which a run may end: `allDone`, or `atRest(…)`, or any other question. From every
   * reachable state one of them has to be reachable without a further fault. When left out: where
   * every process is done; a system without processes is only asked whether something can always
   * happen. 'anywhere' switches the question off.
   */
  readonly final?: Test<S, Ps> | 'anywhere';
  /**
   * What liveness properties may assume. When left out: every process is weakly fair, actions and
   * faults are not. An empty list assumes nothing, so that a run may stop anywhere. `weaklyFair`
   * and `stronglyFair` return lists: one of them, or a list of several.
   */
  readonly fairness?: Assumptions;
}

/** A system with its state type forgotten. */
export interface AnySystem {
  readonly init: () => object | readonly object[];
  readonly processes?: { readonly [pid: string]: Process };
  readonly actions?: readonly AnyAction[];
  readonly faults?: readonly AnyAction[];
  readonly properties?: readonly AnyProperty[];
  readonly final?: AnyTest | 'anywhere';
  readonly fairness?: Assumptions;
}
