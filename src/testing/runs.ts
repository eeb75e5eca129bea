import fc from 'fast-check';
import type { Trace } from '../checker/result/result.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import { walk } from '../checker/runs/walk.ts';
import type { Parameters } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { replayCall } from './replay-call.ts';

/** Steps of a run unless told otherwise. */
const stepsMax = 50;

export interface RunsOptions<P extends Parameters = Parameters> extends ReplayOptions<P> {
  /** At most so many steps a run; 50 when left out. */
  readonly stepsMax?: number;
}

/**
 * Runs of a scenario as an arbitrary of fast-check: each takes an enabled step after another until
 * nothing is enabled or it is long enough. A run shrinks to a shorter one that chooses earlier
 * actors and options, and is printed as the call of `replay` that repeats it.
 *
 * Throws what `walk` throws when the model is broken.
 */
export function runs<P extends Parameters>(
  scenario: Scenario<P>,
  options?: RunsOptions<NoInfer<P>>,
): fc.Arbitrary<Trace>;
export function runs(scenario: Scenario, options: RunsOptions = {}): fc.Arbitrary<Trace> {
  const { stepsMax: most = stepsMax, ...replayOptions } = options;
  return fc
    .array(fc.nat({ max: 997 }), { maxLength: most, size: 'max' })
    .map((choices) => printable(walk(scenario, choices, replayOptions), replayOptions));
}

/** Columns of what fast-check prints, which has a margin of its own. */
const width = 90;

/**
 * The run with a method that tells fast-check how to print it: as the call that repeats it, not as
 * all its states.
 */
function printable(trace: Trace, options: ReplayOptions): Trace {
  const print = () => replayCall(trace, options, width).join('\n');
  return Object.defineProperty(trace, fc.toStringMethod, { value: print });
}
