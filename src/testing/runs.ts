import fc from 'fast-check';
import type { Trace } from '../checker/result/result.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import type { Parameters } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { replayCall } from './replay-call.ts';
import { Simplified, simplerRuns } from './simpler-runs.ts';
import { steadyWalk } from './steady-walk.ts';

/** The default of `stepsMax`. */
const stepsMax = 50;

export interface RunsOptions<P extends Parameters = Parameters> extends ReplayOptions<P> {
  /** The largest number of steps in a run; 50 by default. */
  readonly stepsMax?: number;
}

/**
 * An arbitrary of fast-check whose values are runs of a scenario. A run takes one enabled step
 * after another until none is enabled or it has `stepsMax` steps. It shrinks to a shorter run with
 * fewer switches between actors, fewer faults, and earlier options. fast-check prints it as the
 * call of `replay` that repeats it.
 *
 * Throws a SpecError when the model is broken.
 */
export function runs<P extends Parameters>(
  scenario: Scenario<P>,
  options?: RunsOptions<NoInfer<P>>,
): fc.Arbitrary<Trace>;
export function runs(scenario: Scenario, options: RunsOptions = {}): fc.Arbitrary<Trace> {
  const { stepsMax: most = stepsMax, ...replayOptions } = options;
  const all = fc
    .array(fc.nat({ max: 997 }), { maxLength: most, size: 'max' })
    .map((choices) => printable(steadyWalk(scenario, choices, replayOptions), replayOptions));
  return new Simplified(all, function* ({ schedule }) {
    for (const run of simplerRuns(scenario, replayOptions, schedule)) {
      yield printable(run, replayOptions);
    }
  });
}

/** The columns that fast-check leaves beside its margin. */
const width = 90;

/**
 * The run with a method for fast-check, which prints the call that repeats it instead of all its
 * states.
 */
export function printable(trace: Trace, options: ReplayOptions): Trace {
  const print = () => replayCall(trace, options, width).join('\n');
  return Object.defineProperty(trace, fc.toStringMethod, { value: print });
}
