import type { Cond, Op, Small } from './small-model.ts';

/** The form of small models: their steps, actions and properties. */

export interface SmallStep {
  readonly when?: Cond | undefined;
  readonly ops: readonly Op[];
  /**
   * The label to go to, as a number, and the condition; -1 is 'done'. Otherwise the step falls
   * through.
   */
  readonly jump?: { readonly to: number; readonly cond: Cond } | undefined;
}

export interface SmallAction {
  readonly when?: Cond | undefined;
  readonly ops: readonly Op[];
  readonly times: number;
}

export interface SmallProperty {
  readonly kind: 'always' | 'never' | 'reachable' | 'every';
  /**
   * One of them must be true for 'always' and 'every', all of them for the others: so that few
   * states decide.
   */
  readonly conds: readonly Cond[];
}

export interface SmallModel {
  readonly inits: readonly Small[];
  readonly flows: readonly (readonly SmallStep[])[];
  readonly processes: readonly { readonly flow: number; readonly u: number }[];
  readonly actions: readonly SmallAction[];
  readonly faults: readonly SmallAction[];
  readonly properties: readonly SmallProperty[];
  readonly final?: Cond | 'anywhere' | undefined;
}
