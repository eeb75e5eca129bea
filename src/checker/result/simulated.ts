/** What a simulation did, and how much of the state graph it saw. */
export interface Simulated {
  readonly strategy: 'random' | 'pct';
  /** From 0 to 2³² - 1. The same seed and options give the same runs. */
  readonly seed: number;
  /** The number of runs. */
  readonly runs: number;
  /** The number of steps of all runs together. */
  readonly steps: number;
  /** The largest number of steps of a run. */
  readonly depthMax: number;
  /** The number of runs that were cut at `depthMax` with further steps enabled. */
  readonly runsCut: number;
  /** The number of steps of the longest run. */
  readonly longestRun: number;
  readonly coverage: Coverage;
  /**
   * The number of times that states were kept from the beginning, where they were forgotten in
   * between. States and transitions of the coverage are then those of the first time.
   */
  readonly parts?: number | undefined;
  /** Present for the strategy `pct`. */
  readonly pct?: PctBound | undefined;
  /** By name of a violated property: which run came to the violation, and what became of it. */
  readonly found: { readonly [property: string]: FoundBy };
}

/** The states, transitions and labels that a simulation saw. */
export interface Coverage {
  /** The states that runs visited. */
  readonly visited: number;
  /** The states that were judged: the visited ones, and successors that no run went to. */
  readonly judged: number;
  /** The steps that leave expanded states, those that change nothing included. */
  readonly transitions: number;
  /** The labels and actions that were enabled in some judged state. */
  readonly labels: number;
  /** Labels of started flows, actions and faults. */
  readonly labelsKnown: number;
  /** The exact numbers, where an exhaustive search ended within its budget. */
  readonly exact?:
    | {
        readonly states: number;
        readonly transitions: number;
        readonly labels: number;
        /** The properties that the search violates and no run did. */
        readonly missed: readonly string[];
      }
    | undefined;
  /** A lower bound for the number of reachable states; missing beside exact numbers. */
  readonly atLeast?: RichnessBound | undefined;
  /** The share of steps that went to a state for the first time, by quarter of all steps. */
  readonly discovery: readonly [number, number, number, number];
  /** The number of times that the rarest labels were taken, by schedule entry without picks. */
  readonly rarest: readonly { readonly label: string; readonly times: number }[];
}

/**
 * A lower bound by the theory of species richness: states are species, runs are samples. Source: A.
 * Chao, Estimating the population size for capture-recapture data with unequal catchability (1987).
 */
export interface RichnessBound {
  /** The lower bound at 95 %, or `judged` where that is more. */
  readonly states: number;
  /** The visited states that exactly one run visited, and those that exactly two visited. */
  readonly once: number;
  readonly twice: number;
}

/**
 * With at most `actors` actors, and `steps` steps in a run, a run comes with at least `probability`
 * to a given violation that the order of `depth` steps decides, if it needs no fault, no pick and
 * no choice among several steps of one actor.
 * Source: S. Burckhardt et al., A randomized scheduler with probabilistic guarantees of finding
 * bugs (ASPLOS 2010).
 */
export interface PctBound {
  readonly depth: number;
  readonly actors: number;
  readonly steps: number;
  /** 1 / (actors × steps^(depth - 1)). */
  readonly probability: number;
  /** The number of runs with the strategy. Those before were random, to measure `steps`. */
  readonly runs: number;
  /** Those of them with more than `steps` steps, for which the bound says nothing. */
  readonly runsLonger: number;
}

/** How a violation was found, and how its counterexample was made shorter. */
export interface FoundBy {
  /** The number of the run, from 1; missing for a property of whole runs. */
  readonly run?: number | undefined;
  /** The number of steps of that run up to the violation. */
  readonly steps?: number | undefined;
  /** The number of steps that are left without those outside of the causal past. */
  readonly causal?: number | undefined;
  /**
   * shortest: a breadth-first search has shown that no counterexample has fewer steps. locally:
   * none of its steps can be left out alone, and no shorter way between two of its states was
   * found. no: nothing is claimed.
   */
  readonly minimal: 'shortest' | 'locally' | 'no';
}
