import type { RichnessBound } from '../checker/result/simulated.ts';
import type { Tally } from './visits.ts';

/** The quantile of the normal distribution for a two-sided interval at 95 %. */
const NORMAL_95 = 1.959964;
/** The mean of a Poisson distribution that gives 0 with a probability of 2.5 %. */
const POISSON_ZERO = 3.688879;
/** With fewer runs than this the spread between runs is not known well enough. */
const runsMin = 20;

/**
 * A lower bound for the number of states that runs of this kind can visit. The runs must be
 * independent and alike. Chao2 bounds the number of states that no run visited by those that one
 * run and exactly two runs visited: from below, in the means. Each of the two numbers is replaced
 * by the end of its interval that makes the bound smaller. States that one run visits come
 * together, so the intervals count runs and pairs of runs, and not states.
 *
 * Source: A. Chao, Estimating the population size for capture-recapture data with unequal
 * catchability, Biometrics 43 (1987); B. Efron, C. Stein, The jackknife estimate of variance,
 * Annals of Statistics 9 (1981).
 */
export function richnessBound(runs: number, tally: Tally): RichnessBound {
  const { states, once, twice } = tally;
  if (runs < runsMin) return { states, once, twice };
  const least = Math.max(0, leastOnce(runs, tally));
  const unseen = unseenOf(runs, least, mostTwice(runs, tally));
  return { states: Math.floor(states + unseen), once, twice };
}

/** How many states no run visited, by how many one and exactly two runs visited (Chao2). */
export function unseenOf(runs: number, once: number, twice: number): number {
  return (((runs - 1) / runs) * once ** 2) / (2 * twice);
}

/** The lower end of the interval of the states that one run visits. */
function leastOnce(runs: number, { once, byRun }: Tally): number {
  const changes = [...byRun.values()].map(([alone, two]) => two - alone);
  return once - NORMAL_95 * Math.sqrt(jackknife(runs, changes));
}

/**
 * The upper end of the interval of the states that two runs visit. Such states come in groups, one
 * for each pair of runs. Where few pairs met, pairs with a large group may not have met by chance:
 * as many as a Poisson count of 0 leaves open, each with a group as large as a run can have.
 */
function mostTwice(runs: number, { twice, byRun, pairSquares }: Tally): number {
  const changes = [...byRun.values()].map(([, two, three]) => three - two);
  const spread = NORMAL_95 * Math.sqrt(jackknife(runs, changes) + pairSquares);
  const largest = [...byRun.values()].reduce((most, [a, two]) => Math.max(most, a + two), 1);
  return twice + spread + POISSON_ZERO * largest;
}

/** The variance of a number, from how it changes when each run is left out in turn. */
function jackknife(runs: number, changes: readonly number[]): number {
  const mean = changes.reduce((sum, change) => sum + change, 0) / runs;
  const squares = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0);
  // Runs without such states change nothing.
  return ((runs - 1) / runs) * (squares + Math.max(0, runs - changes.length) * mean ** 2);
}
