import type { Scenario } from '../../spec/scenario.ts';
import { writingOf } from '../../spec/written-by.ts';
import type { Trace } from '../result/result.ts';
import type { ReplayOptions } from './replay.ts';
import { stepperFor } from './stepper.ts';

/**
 * The functions that define the steps of these runs, and other steps enabled along them, by
 * `recipeName`. `options` are those that made the runs.
 */
export function recipesOf(
  scenario: Scenario,
  traces: readonly Trace[],
  options: ReplayOptions,
): ReadonlyMap<string, unknown> {
  const { stepper, initial, system, flows } = stepperFor(scenario, options);
  for (const { initIndex, steps, schedule } of traces) {
    let vector = initial[initIndex] ?? [];
    for (const [i, { actor }] of steps.entries()) {
      const taken = stepper.enabledFor(actor, vector).find(({ entry }) => entry === schedule[i]);
      if (taken === undefined) break;
      vector = stepper.after(vector, taken.outcome);
    }
  }
  const labels = [...flows.values()].flatMap((flow) =>
    flow.labels.map(
      (label) =>
        [recipeName(flow.name, undefined, label), writingOf(flow.steps[label]?.do)] as const,
    ),
  );
  const actions = [...(system.actions ?? []), ...(system.faults ?? [])].map(
    (action) => [recipeName(undefined, action.actor, action.name), writingOf(action.do)] as const,
  );
  return new Map<string, unknown>([...labels, ...actions]);
}

/** A unique text for each step of a flow and each action. `flow` is undefined for an action. */
export function recipeName(
  flow: string | undefined,
  actor: string | undefined,
  label: string,
): string {
  return JSON.stringify([flow ?? null, flow === undefined ? (actor ?? null) : null, label]);
}
