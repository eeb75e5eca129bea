import type { AnyAction } from './action.ts';
import type { Immutable } from './draft.ts';
import type { Plain } from './plain.ts';
import type { Labels, Process, ProcessTable } from './process.ts';

/** What a system is asked to implement: where it starts and what can happen. */
export interface AbstractSystem<A extends object = object> {
  readonly init: () => A | readonly A[];
  readonly processes?: { readonly [pid: string]: Process | undefined };
  readonly actions?: readonly AnyAction[];
  readonly faults?: readonly AnyAction[];
}

/** The state of the abstract system that a state of this system stands for. */
export interface Mapped<A> {
  /** All fields of the abstract state. */
  readonly state: A | Immutable<A>;
  /**
   * Where each process of the abstract system stands: at a label of its flow, or 'done'. `vars` are
   * all of its variables; a flow without variables needs none.
   */
  readonly processes?: {
    readonly [pid: string]: {
      readonly at: string;
      readonly vars?: { readonly [name: string]: Plain };
    };
  };
}

/** An abstraction function: from a state of this system to one of the abstract system. */
export type AbstractionMap<S, A, Ps extends Labels = Labels> = (
  state: Immutable<S>,
  processes: ProcessTable<Ps>,
) => Mapped<A>;

/**
 * Whether each initial state is an initial state of the abstract system, and each step one of its
 * steps or no change there. Source: Abadi and Lamport, The existence of refinement mappings (1991).
 */
export interface Implements {
  readonly kind: 'implements';
  readonly name: string;
  readonly abstract: AbstractSystem;
  readonly map: AbstractionMap<object, object>;
}
