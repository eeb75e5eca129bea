import type { Parameters } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { Trace } from '../result/result.ts';
import { UsageError } from '../result/usage-error.ts';
import type { ReplayOptions } from './replay.ts';
import { type Candidate, stepperFor, type Vector } from './stepper.ts';

/**
 * One run whose i-th step is number `choices[i]` modulo the number of enabled steps. It ends with
 * the choices, or where nothing is enabled. It suits fast-check, because smaller numbers and
 * shorter lists give simpler runs. Throws a SpecError when the model is broken, and a
 * UsageError for an initial state that does not exist.
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
  return walkAmong(scenario, choices, options, (candidates) => candidates);
}

/** The enabled steps in the order in which choices number them. `taken` are those before. */
export type Arrange = (
  candidates: readonly Candidate[],
  taken: readonly Candidate[],
) => readonly Candidate[];

/** A walk whose choices are numbers of the enabled steps in another order. */
export function walkAmong(
  scenario: Scenario,
  choices: Iterable<number>,
  options: ReplayOptions,
  arranged: Arrange,
): Trace {
  const { stepper, initial } = stepperFor(scenario, options);
  const index = options.init ?? 0;
  const init = initial[index];
  if (init === undefined) throw new UsageError(`there is no initial state ${index}`);
  const taken: Candidate[] = [];
  let vector: Vector = init;
  for (const choice of choices) {
    const candidates = arranged(stepper.enabled(vector), taken);
    const chosen = candidates[choice % Math.max(1, candidates.length)];
    if (chosen === undefined) break;
    taken.push(chosen);
    vector = stepper.after(vector, chosen.outcome);
  }
  return stepper.trace(init, index, taken);
}
