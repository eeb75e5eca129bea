import type { Scenario } from '../../spec/scenario.ts';
import type { CheckOptions } from '../result/options.ts';
import type { Trace } from '../result/result.ts';
import { stepperFor } from './stepper.ts';

/**
 * The entries of the enabled steps at the end of a run of this scenario; empty when nothing is
 * enabled, undefined outside of the constraint of the system. `options` are those that made the
 * run.
 */
export function enabledAfter(
  scenario: Scenario,
  trace: Trace,
  options: Pick<CheckOptions, 'parameters' | 'faults'> = {},
): readonly string[] | undefined {
  const { stepper, initial } = stepperFor(scenario, options);
  let vector = initial[trace.initIndex] ?? [];
  for (const entry of trace.schedule) {
    const taken = stepper.enabled(vector).find((candidate) => candidate.entry === entry);
    if (taken === undefined) throw new Error(`'${entry}' is an entry of the run, but not enabled`);
    vector = stepper.after(vector, taken.outcome);
  }
  if (stepper.isOutside(vector)) return undefined;
  return [...new Set(stepper.enabled(vector).map(({ entry }) => entry))];
}
