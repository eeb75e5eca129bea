import type { RichnessBound } from '../checker/result/simulated.ts';
import type { Tally } from './visits.ts';

/** The quantile of the normal distribution for a two-sided interval at 95 %. */
const NORMAL_95 = 1.959964;
/** With fewer runs than this the spread between runs is not known well enough. */
const runsMin = 20;

/**
 * A lower bound for the number of states that runs of this kind can visit: the lower end of the
 * log-normal interval at 95 % around Chao2. The runs must be independent and alike. The visits of
 * one run are not independent of each other, so the variance is that of the jackknife over runs,
 * or the usual one where that is larger.
 *
 * Source: A. Chao, Estimating the population size for capture-recapture data with unequal
 * catchability, Biometrics 43 (1987); B. Efron, C. Stein, The jackknife estimate of variance,
 * Annals of Statistics 9 (1981).
 */
export function richnessBound(runs: number, tally: Tally): RichnessBound {
  const { states, once, twice } = tally;
  const unseen = unseenOf(runs, once, twice);
  const estimate = states + unseen;
  if (runs < runsMin || unseen <= 0) return { states, estimate, once, twice };
  const variance = Math.max(usualVariance(runs, tally), jackknife(runs, tally));
  const spread = Math.exp(NORMAL_95 * Math.sqrt(Math.log(1 + variance / unseen ** 2)));
  return { states: Math.floor(states + unseen / spread), estimate, once, twice };
}

/** The estimated number of states that no run visited (Chao2, in the form without bias). */
export function unseenOf(runs: number, once: number, twice: number): number {
  if (runs === 0) return 0;
  return (((runs - 1) / runs) * once * (once - 1)) / (2 * (twice + 1));
}

/** The variance if each state were visited independently of the others. */
function usualVariance(runs: number, { once, twice }: Tally): number {
  const share = (runs - 1) / runs;
  const all = twice + 1;
  return (
    (share * once * (once - 1)) / (2 * all) +
    (share ** 2 * once * (2 * once - 1) ** 2) / (4 * all ** 2) +
    (share ** 2 * once ** 2 * twice * (once - 1) ** 2) / (4 * all ** 4)
  );
}

/** The variance of the estimate, from how it changes when each run is left out in turn. */
function jackknife(runs: number, { once, twice, byRun, states }: Tally): number {
  const without = [...byRun.values()].map(
    ([alone, two, three]) =>
      states - alone + unseenOf(runs - 1, once - alone + two, twice - two + three),
  );
  // Runs without such states change nothing but the number of runs.
  const others = runs - byRun.size;
  const other = states + unseenOf(runs - 1, once, twice);
  const mean = (without.reduce((sum, value) => sum + value, 0) + others * other) / runs;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return ((runs - 1) / runs) * (squares + others * (other - mean) ** 2);
}
