import type { Trace } from '../checker/result/result.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import { type Candidate, stepperFor, type Vector } from '../checker/runs/stepper.ts';
import type { Scenario } from '../spec/scenario.ts';

/**
 * One run whose i-th step is number `choices[i]` modulo the number of enabled steps, where the
 * steps of the actor that took the last one come first and faults last. So smaller numbers give a
 * run with fewer switches between actors and fewer faults. It ends with the choices, or where
 * nothing is enabled. Throws a SpecError when the model is broken.
 */
export function steadyWalk(
  scenario: Scenario,
  choices: Iterable<number>,
  options: ReplayOptions = {},
): Trace {
  const { stepper, initial } = stepperFor(scenario, options);
  const index = options.init ?? 0;
  const init = initial[index];
  if (init === undefined) throw new UsageError(`there is no initial state ${index}`);
  const taken: Candidate[] = [];
  let vector: Vector = init;
  for (const choice of choices) {
    const last = taken.at(-1)?.actor;
    const rank = ({ actor }: Candidate): number =>
      actor.kind === 'fault' ? 2 : actor === last ? 0 : 1;
    const candidates = stepper.enabled(vector).sort((one, other) => rank(one) - rank(other));
    const chosen = candidates[choice % Math.max(1, candidates.length)];
    if (chosen === undefined) break;
    taken.push(chosen);
    vector = stepper.after(vector, chosen.outcome);
  }
  return stepper.trace(init, index, taken);
}
