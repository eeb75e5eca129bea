import type { CheckOptions } from '../checker/result/options.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import type { Parameters } from '../spec/parameters.ts';

export interface SimulateOptions<P extends Parameters = Parameters>
  extends Pick<CheckOptions<P>, 'parameters' | 'faults' | 'deadlock'> {
  /** The number of runs; 10,000 by default. */
  readonly runs?: number | undefined;
  /** The largest number of steps of a run; 1,000 by default. */
  readonly depth?: number | undefined;
  /** A whole number from 0 to 2³² - 1; 1 by default. The same seed gives the same runs. */
  readonly seed?: number | undefined;
  /** random: each enabled step with the same probability (the default). pct: see `Pct`. */
  readonly strategy?: 'random' | 'pct' | undefined;
  /** For pct, the number of steps whose order decides a violation; 3 by default. */
  readonly pctDepth?: number | undefined;
  /**
   * The number of states to keep at a time; 4,000,000 by default. Beyond it all are forgotten, and
   * runs go on.
   */
  readonly statesMax?: number | undefined;
  /** The largest number of states that the search for a shorter counterexample adds. */
  readonly shorteningStatesMax?: number | undefined;
}

/** The options with their defaults. */
export interface Asked {
  readonly runs: number;
  readonly depth: number;
  readonly seed: number;
  readonly strategy: 'random' | 'pct';
  readonly pctDepth: number;
  readonly statesMax: number;
  readonly shorteningStatesMax: number;
}

/** With more steps in order the bound is a probability of zero to any precision. */
const pctDepthMax = 30;

const defaults: Asked = {
  runs: 10_000,
  depth: 1_000,
  seed: 1,
  strategy: 'random',
  pctDepth: 3,
  statesMax: 4_000_000,
  shorteningStatesMax: 200_000,
};

/** Fills in the defaults. Throws a UsageError for a number that makes no sense. */
export function askedOf(given: SimulateOptions): Asked {
  const asked = {
    runs: given.runs ?? defaults.runs,
    depth: given.depth ?? defaults.depth,
    seed: given.seed ?? defaults.seed,
    strategy: given.strategy ?? defaults.strategy,
    pctDepth: given.pctDepth ?? defaults.pctDepth,
    statesMax: given.statesMax ?? defaults.statesMax,
    shorteningStatesMax: given.shorteningStatesMax ?? defaults.shorteningStatesMax,
  };
  for (const name of ['runs', 'depth', 'pctDepth', 'statesMax'] as const) {
    if (!Number.isSafeInteger(asked[name]) || asked[name] < 1) {
      throw new UsageError(`${name} is ${asked[name]}`, 'Give a whole number from 1 and up.');
    }
  }
  if (asked.pctDepth > pctDepthMax) {
    throw new UsageError(
      `pctDepth is ${asked.pctDepth}`,
      `Give at most ${pctDepthMax}: the probability falls with each further step.`,
    );
  }
  if (!['random', 'pct'].includes(asked.strategy)) {
    throw new UsageError(`there is no strategy '${asked.strategy}'`, "It is 'random' or 'pct'.");
  }
  return asked;
}
