import type { Parameters } from '../../spec/parameters.ts';
import type { AnyStepTest } from '../../spec/property.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { isTrueOfStep } from '../properties/seen.ts';
import type { Trace } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { type Candidate, type Stepper, stepperFor, type Vector } from '../runs/stepper.ts';
import { wheresOf } from './conditions.ts';
import type { EdgeAction } from './edges.ts';
import { brokenFairness } from './run-fairness.ts';

/**
 * The first fairness condition that a run breaks, as `weak fairness of ann`. Undefined for a fair
 * run, and for one that does not say how it goes on. `options` are those that made the run.
 */
export function unfairnessOf<P extends Parameters>(
  scenario: Scenario<P>,
  trace: Trace,
  options?: ReplayOptions<NoInfer<P>>,
): string | undefined;
export function unfairnessOf(
  scenario: Scenario,
  { initIndex, schedule, loopsTo, stops }: Trace,
  options: ReplayOptions = {},
): string | undefined {
  if (loopsTo === undefined && stops !== true) return undefined;
  const { stepper, initial, system } = stepperFor(scenario, options);
  const turn = loopsTo ?? schedule.length;
  const wheres = wheresOf(system);
  const actionsIn = (at: Vector, candidates: readonly Candidate[]) =>
    actionsOf(candidates, (candidate) => meetsOf(stepper, at, candidate, wheres));
  const enabled: (readonly EdgeAction[])[] = [];
  const taken: EdgeAction[] = [];
  let vector: Vector = initial[initIndex] ?? [];
  for (const [i, entry] of schedule.entries()) {
    const candidates = stepper.enabled(vector);
    const chosen = candidates.find((candidate) => candidate.entry === entry);
    if (chosen === undefined) throw new Error(`'${entry}' is an entry of the run, but not enabled`);
    if (i >= turn) {
      enabled.push(actionsIn(vector, candidates));
      taken.push(...actionsIn(vector, [chosen]));
    }
    vector = stepper.after(vector, chosen.outcome);
  }
  enabled.push(actionsIn(vector, stepper.enabled(vector)));
  return brokenFairness(system, { enabled, taken });
}

/** The actions of these steps. A step that changes nothing does not count for fairness. */
function actionsOf(
  candidates: readonly Candidate[],
  meetsOf: (candidate: Candidate) => readonly boolean[],
): readonly EdgeAction[] {
  return candidates
    .filter(({ outcome }) => outcome.writes.length > 0)
    .map((candidate) => {
      const { actor, evaluated, entry } = candidate;
      const { flow, label } = evaluated;
      return { actor, flow, label, entry, meets: meetsOf(candidate) };
    });
}

/** Which conditions of fairness a step from this state fulfils. */
function meetsOf(
  stepper: Stepper,
  vector: Vector,
  candidate: Candidate,
  wheres: readonly AnyStepTest[],
): readonly boolean[] {
  if (wheres.length === 0) return [];
  const before = stepper.world(vector);
  const step = stepper.describe(vector, candidate);
  return wheres.map((where) => isTrueOfStep(where, before, step, step.state));
}
