import type { Parameters } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { Trace } from '../result/result.ts';
import type { ReplayOptions } from './replay.ts';
import { type Candidate, stepperFor, type Vector } from './stepper.ts';

/**
 * One run whose i-th step is number `choices[i]` modulo the number of enabled steps. It ends with
 * the choices, or where nothing is enabled. It suits fast-check, because smaller numbers and
 * shorter lists give simpler runs. Throws a SpecError when the model is broken.
 */
export function walk<P extends Parameters>(
  scenario: Scenario<P>,
  choices: Iterable<number>,
  options?: ReplayOptions<NoInfer<P>>,
): Trace;
export function walk(
  scenario: Scenario,
  choices: Iterable<number>,
  options: ReplayOptions = {},
): Trace {
  const { stepper, initial } = stepperFor(scenario, options);
  const index = options.init ?? 0;
  const init = initial[index];
  if (init === undefined) throw new Error(`there is no initial state ${index}`);
  const taken: Candidate[] = [];
  let vector: Vector = init;
  for (const choice of choices) {
    const candidates = stepper.enabled(vector);
    const chosen = candidates[choice % Math.max(1, candidates.length)];
    if (chosen === undefined) break;
    taken.push(chosen);
    vector = stepper.after(vector, chosen.outcome);
  }
  return stepper.trace(init, index, taken);
}
