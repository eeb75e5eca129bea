import type { Action, AnyAction, Fault } from './action.ts';
import type { Test } from './bodies.ts';
import type { Assumptions } from './fairness.ts';
import type { Labels, Process } from './process.ts';
import type { AnyProperty, AnyTest } from './property.ts';
import type { Property } from './questions.ts';
import type { Symmetry } from './symmetry.ts';

/** A closed system: where it starts, what can happen, and what must be true. */
export interface System<S, N extends string = string, Ps extends Labels = Labels> {
  /**
   * Returns the initial state, or a list of all of them. Each field is a table (a record by id) or
   * a single value.
   */
  readonly init: () => S | readonly S[];
  readonly processes?: { readonly [pid in keyof Ps]?: Process<Ps[pid]> };
  readonly actions?: readonly Action<S>[];
  readonly faults?: readonly Fault<S>[];
  readonly properties?: readonly Property<S, N>[];
  /**
   * The states in which a run may end: `allDone`, `atRest(…)` or any other question. From every
   * reachable state such an end must be reachable without a further fault. By default a run ends
   * where every process is done; a system without processes is only asked whether something can
   * always happen. 'anywhere' turns the question off.
   */
  readonly final?: Test<S, Ps> | 'anywhere';
  /**
   * A state constraint: the search judges a state in which this is false, and does not expand it.
   * So `holds` speaks of the states within the constraint, and of the first ones outside. A
   * question that a run outside may decide otherwise is undecided. Source: CONSTRAINT of TLC
   * (Lamport, Specifying Systems, 14.3).
   */
  readonly within?: Test<S, Ps>;
  /**
   * What liveness properties may assume. By default every process is weakly fair; actions and
   * faults are not. An empty list assumes nothing: a run may then stop anywhere. `weaklyFair` and
   * `stronglyFair` return lists, which may stand here alone or in a list.
   */
  readonly fairness?: Assumptions;
  /**
   * Things of which any two of a set may be exchanged in every state, in every step and in every
   * question. A search that is asked to use it visits one state out of all that are equal up to
   * such exchanges, and checks the declaration on the way. Source: scalarsets of Murphi (Ip and
   * Dill, Better verification through symmetry, 1996).
   */
  readonly symmetry?: Symmetry;
}

/** A system with its state type forgotten. */
export interface AnySystem {
  readonly init: () => object | readonly object[];
  readonly processes?: { readonly [pid: string]: Process };
  readonly actions?: readonly AnyAction[];
  readonly faults?: readonly AnyAction[];
  readonly properties?: readonly AnyProperty[];
  readonly final?: AnyTest | 'anywhere';
  readonly within?: AnyTest;
  readonly fairness?: Assumptions;
  readonly symmetry?: Symmetry;
}
