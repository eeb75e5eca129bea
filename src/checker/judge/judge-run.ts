import type { Parameters } from '../../spec/parameters.ts';
import type { AlwaysAsked, Scenario } from '../../spec/scenario.ts';
import { afterRun } from '../ends/after-run.ts';
import { pointOf } from '../evaluate/point.ts';
import { isLive } from '../liveness/liveness.ts';
import { unfairnessOf } from '../liveness/unfair.ts';
import { DEADLOCK, NEVER_STUCK } from '../result/end-questions.ts';
import { UsageError } from '../result/usage-error.ts';
import { type GoesOn, ReplayError, type ReplayOptions, replay } from '../runs/replay.ts';
import { failuresOf, followersMax } from './failures.ts';

/**
 * What one run says about one property. 'no_run': a step is not enabled, or the last one does not
 * lead back to where the loop begins. 'unfair': the property is one of whole runs, and fairness
 * rules this run out. 'undecided': the question is whether an end can be reached, and the first
 * 20,000 states that follow contain none.
 */
export type RunVerdict = 'violated' | 'not_violated' | 'unfair' | 'no_run' | 'undecided';

const isAboutEnds = (name: string): boolean => name === DEADLOCK || name === NEVER_STUCK;

/**
 * Judges a property along a schedule, as a regression test of a counterexample. For a property of
 * whole runs `loopsTo` or `stops` must say how the run goes on. Throws a UsageError for a property
 * that the scenario does not have, for one that no single run violates, and where `loopsTo` and
 * `stops` are missing. Throws a SpecError when the model is broken.
 */
export function judgeRun<P extends Parameters, N extends string>(
  scenario: Scenario<P, N>,
  name: NoInfer<N> | AlwaysAsked,
  words: readonly string[],
  options?: ReplayOptions<NoInfer<P>> & GoesOn,
): RunVerdict;
export function judgeRun(
  scenario: Scenario,
  name: string,
  schedule: readonly string[],
  options: ReplayOptions & GoesOn = {},
): RunVerdict {
  const isEndless = refuseUnknown(scenario, name, options);
  const trace = followed(scenario, schedule, options);
  if (trace === undefined) return 'no_run';
  const failures = failuresOf(scenario, trace, options);
  if (isAboutEnds(name)) {
    if (failures.some(({ kind }) => kind === 'deadlock')) return 'violated';
    const { kind } = afterRun(scenario, trace, options, followersMax).prospect;
    return kind === 'unknown' ? 'undecided' : 'not_violated';
  }
  if (failures.some((failure) => failure.name === name)) return 'violated';
  const isRuledOut = isEndless && unfairnessOf(scenario, trace, options) !== undefined;
  return isRuledOut ? 'unfair' : 'not_violated';
}

/**
 * Returns true for a property of whole runs. Throws a UsageError for an unknown property, and for
 * one that no single run violates.
 */
function refuseUnknown(
  scenario: Scenario,
  name: string,
  { parameters, loopsTo, stops }: ReplayOptions & GoesOn,
): boolean {
  if (isAboutEnds(name)) return false;
  const { properties = [] } = scenario.system(pointOf(scenario, parameters));
  const property = properties.find((each) => each.name === name);
  if (property === undefined) {
    const known = [...properties.map((each) => each.name), DEADLOCK];
    throw new UsageError(
      `scenario '${scenario.name}' has no property '${name}'`,
      `It has ${known.map((each) => `'${each}'`).join(', ')}.`,
    );
  }
  if (property.kind === 'reachable') {
    throw new UsageError(
      `'${name}' asks whether something is reachable, which no single run denies`,
      'Use check, which visits every state.',
    );
  }
  if (!isLive(property)) return false;
  if (loopsTo === undefined && stops !== true) {
    throw new UsageError(
      `'${name}' is checked on whole runs, and this run has no end`,
      'Give loopsTo, the number of steps before those that are repeated for ever, or stops: true.',
    );
  }
  return true;
}

function followed(
  scenario: Scenario,
  schedule: readonly string[],
  options: ReplayOptions & GoesOn,
): ReturnType<typeof replay> | undefined {
  try {
    return replay(scenario, schedule, options);
  } catch (error) {
    if (error instanceof ReplayError) return undefined;
    throw error;
  }
}
