import type { AnySystem, Scenario } from '../spec/scenario.ts';
import type { ReplayOptions } from './replay.ts';
import type { Trace, WorldState } from './result.ts';
import { type Candidate, stepperFor, type Vector } from './stepper.ts';

/** Nothing but a fault can happen at the end of the run, and the scenario does not let a run end there. */
export function isStuck(scenario: Scenario, trace: Trace, options: ReplayOptions = {}): boolean {
  const { stepper, initial, system } = stepperFor(scenario, options);
  let vector: Vector = initial[trace.initIndex] ?? [];
  for (const word of trace.words) {
    const taken = stepper.enabled(vector).find((candidate) => candidate.word === word);
    if (taken === undefined) throw new Error(`'${word}' is a word of the run, but not enabled`);
    vector = stepper.after(vector, taken.outcome);
  }
  return isDeadlock(system, stepper.world(vector), stepper.enabled(vector));
}

/** Whether a state in which these steps are enabled is a deadlock. */
export function isDeadlock(
  system: AnySystem,
  world: WorldState,
  enabled: readonly Candidate[],
): boolean {
  if (system.final === 'anywhere') return false;
  return enabled.every(({ actor }) => actor.kind === 'fault') && !mayEnd(system, world);
}

/** Where the scenario does not say it: where every process is done. A system of plain actions has no such state. */
function mayEnd({ final, processes }: AnySystem, world: WorldState): boolean {
  if (typeof final === 'function') return Boolean(final(world.state, world.processes));
  const all = Object.values(world.processes);
  const hadSome = all.length > 0 || Object.keys(processes ?? {}).length > 0;
  return hadSome && all.every(({ at }) => at === 'done');
}
