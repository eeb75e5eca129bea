import fc from 'fast-check';
import type { ReplayOptions } from '../checker/replay.ts';
import type { Trace } from '../checker/result.ts';
import { walk } from '../checker/walk.ts';
import type { Scenario } from '../spec/scenario.ts';

/** Steps of a run unless told otherwise. */
const stepsMax = 50;

export interface RunsOptions extends ReplayOptions {
  /** At most so many steps a run; 50 when left out. */
  readonly stepsMax?: number;
}

/**
 * Runs of a scenario as an arbitrary of fast-check: each takes an enabled step after another until nothing is
 * enabled or it is long enough. A run shrinks to a shorter one that chooses earlier actors and options.
 *
 * Throws what `walk` throws when the model is broken.
 */
export function runs(scenario: Scenario, options: RunsOptions = {}): fc.Arbitrary<Trace> {
  const { stepsMax: most = stepsMax, ...replayOptions } = options;
  return fc
    .array(fc.nat({ max: 997 }), { maxLength: most, size: 'max' })
    .map((choices) => walk(scenario, choices, replayOptions));
}
