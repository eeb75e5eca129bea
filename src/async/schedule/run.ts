import type { Plain } from '../../spec/plain.ts';
import type { Failure } from './failure.ts';
import type { Choice, FaultKind, Parked } from './parked.ts';

/** A step of a schedule. */
export interface Taken {
  /** Who does what, as a schedule entry: `ann.read`, `ann.read[fault=error]`. */
  readonly entry: string;
  readonly choice: Choice;
  /**
   * What of the scheduler it touched: queues that it lengthened, timers and signals.
   */
  readonly touched: ReadonlySet<string>;
  /** The answer of the operation, as text; undefined until there is one. */
  answer?: string;
}

/** The state of the code as some fields of the state of a model, in canonical form. */
export type CodeState = { readonly [field: string]: Plain };

/** A schedule that was run. */
export interface Run {
  readonly steps: readonly Taken[];
  /** Undefined where the body passed, and where the run was given up. */
  readonly failure: Failure | undefined;
  /** True if a chooser gave the run up, because its orders are covered by other runs. */
  readonly isPruned: boolean;
  /** What was still parked at the end. */
  readonly parked: readonly Parked[];
  /** What was parked and withdrawn without a release. */
  readonly withdrawn: readonly Parked[];
  /** The tasks that had not ended at the end. */
  readonly open: readonly string[];
  /** What was possible before each step, and at the end. */
  readonly offered: readonly (readonly Choice[])[];
  /** Where the code was compared with a model: its state at the beginning and after each step. */
  readonly states: readonly CodeState[];
}

/** Says at each step of a run how it goes on. */
export interface Chooser {
  /** The next step, or undefined to give the run up. `choices` has at least one. */
  choose(choices: readonly Choice[], steps: readonly Taken[]): Choice | undefined;
}

/** How often each fault may happen in one schedule; 0 by default. */
export type FaultBudgets = { readonly [kind in FaultKind]?: number };
