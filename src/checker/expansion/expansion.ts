import type { Ends } from '../ends/ends.ts';
import type { Liveness } from '../liveness/liveness.ts';
import type { Constraint } from '../properties/constraint.ts';
import type { StateChecker } from '../properties/state-checker.ts';
import type { StepChecker } from '../properties/step-checker.ts';
import type { Frontier } from '../state/frontier.ts';
import type { Verification } from '../symmetry/verification.ts';
import type { Machine } from '../transitions/machine.ts';

/** What an expansion works on and reports to. */
export interface Around {
  readonly machine: Machine;
  readonly frontier: Frontier;
  readonly stateChecker: StateChecker;
  readonly ends: Ends;
  /** Undefined when no property asks about steps. */
  readonly stepChecker: StepChecker | undefined;
  /** Undefined when no liveness property asks; then no graph is kept. */
  readonly liveness: Liveness | undefined;
  /** Undefined when the system states no constraint. */
  readonly constraint: Constraint | undefined;
  /** Undefined when the search visits every state of each orbit. */
  readonly verification: Verification | undefined;
  /** The largest number of states to store. */
  readonly statesMax: number;
  readonly counts: Counts;
  /** To be called when a bound keeps a new state from being stored. */
  readonly cutOff: () => void;
}

export interface Counts {
  /** The number of initial states and of steps from expanded states. */
  generated: number;
}

/** Expands states one by one: counts and judges their steps, and stores new successors. */
export interface Expansion {
  /** The size of what it keeps of waiting states. */
  readonly bytes: number;
  expand(state: number): void;
  /**
   * Expands states from `first` on, before `end`, all at once. `levelEnd` is the end of their
   * level. Returns how many it expanded; 0 leaves the first one to `expand`.
   */
  expandRun?(first: number, end: number, levelEnd: number): number;
}
