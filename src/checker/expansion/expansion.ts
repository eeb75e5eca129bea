import type { Ends } from '../ends/ends.ts';
import type { Liveness } from '../liveness/liveness.ts';
import type { StateChecker } from '../properties/state-checker.ts';
import type { StepChecker } from '../properties/step-checker.ts';
import type { Frontier } from '../state/frontier.ts';
import type { Machine } from '../transitions/machine.ts';

/** Whom an expansion tells what it finds. */
export interface Around {
  readonly machine: Machine;
  readonly frontier: Frontier;
  readonly stateChecker: StateChecker;
  readonly ends: Ends;
  /** Undefined when no property asks about steps. */
  readonly stepChecker: StepChecker | undefined;
  /** Undefined when no liveness property asks, so that no graph is kept. */
  readonly liveness: Liveness | undefined;
  /** No state beyond this many is stored. */
  readonly statesMax: number;
  readonly counts: Counts;
  /** A new state was not stored because of a bound. */
  readonly cutOff: () => void;
}

export interface Counts {
  /** Steps that can be taken in the states that were expanded, and the initial states. */
  generated: number;
}

/** Expands states one by one: their steps are counted and judged, new successors are stored. */
export interface Expansion {
  /** What it keeps of the states that wait. */
  readonly bytes: number;
  expand(state: number): void;
  /**
   * Expands states from `first` on, all before `end`, where that is faster; `levelEnd` is where
   * their level ends. How many it has expanded: 0 where the first one is left to `expand`.
   */
  expandRun?(first: number, end: number, levelEnd: number): number;
}
