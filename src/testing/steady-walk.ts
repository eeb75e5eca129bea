import type { Trace } from '../checker/result/result.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import type { Candidate } from '../checker/runs/stepper.ts';
import { walkAmong } from '../checker/runs/walk.ts';
import type { Scenario } from '../spec/scenario.ts';

/**
 * One run whose i-th step is number `choices[i]` modulo the number of enabled steps, where the
 * steps of the actor that took the last one come first and faults last. So smaller numbers give a
 * run with fewer switches between actors and fewer faults. It ends with the choices, or where
 * nothing is enabled. Throws as `walk` does.
 */
export const steadyWalk = (
  scenario: Scenario,
  choices: Iterable<number>,
  options: ReplayOptions = {},
): Trace => walkAmong(scenario, choices, options, steadily);

function steadily(
  candidates: readonly Candidate[],
  taken: readonly Candidate[],
): readonly Candidate[] {
  const last = taken.at(-1)?.actor;
  const rank = ({ actor }: Candidate): number =>
    actor.kind === 'fault' ? 2 : actor === last ? 0 : 1;
  return [...candidates].sort((one, other) => rank(one) - rank(other));
}
