import { afterRun } from '../../checker/ends/after-run.ts';
import { pointOf } from '../../checker/evaluate/point.ts';
import { failuresOf, followersMax } from '../../checker/judge/failures.ts';
import { isLive } from '../../checker/liveness/liveness.ts';
import { unfairnessOf } from '../../checker/liveness/unfair.ts';
import type { Trace } from '../../checker/result/result.ts';
import { enabledAfter } from '../../checker/runs/enabled-after.ts';
import type { ReplayOptions } from '../../checker/runs/replay.ts';
import type { Replay } from '../../report/replay-text.ts';
import type { Scenario } from '../../spec/scenario.ts';

/** A run, and what is true of it. */
export type JudgedRun = Omit<
  Replay,
  'scenario' | 'parameters' | 'faults' | 'shown' | 'otherStarts'
>;

/**
 * Judges a run by the properties of its scenario. `options` are those that made the run. Throws a
 * SpecError when the model is broken.
 */
export function judgedRun(scenario: Scenario, trace: Trace, options: ReplayOptions): JudgedRun {
  return {
    trace,
    failures: failuresOf(scenario, trace, options),
    unfair: unfairnessOf(scenario, trace, options),
    unjudged: unjudged(scenario, trace, options),
    followersMax: endIsUndecided(scenario, trace, options) ? followersMax : undefined,
    enabled: enabledAfter(scenario, trace, options),
  };
}

/** True where too many states follow to decide whether an end can be reached. */
const endIsUndecided = (scenario: Scenario, trace: Trace, options: ReplayOptions): boolean =>
  afterRun(scenario, trace, options, followersMax).prospect.kind === 'unknown';

/** The properties of whole runs, if the run does not say how it goes on. */
function unjudged(
  scenario: Scenario,
  trace: Trace,
  { parameters }: ReplayOptions,
): readonly string[] {
  if (trace.loopsTo !== undefined || trace.stops === true) return [];
  const { properties = [] } = scenario.system(pointOf(scenario, parameters));
  return properties.filter(isLive).map(({ name }) => name);
}
