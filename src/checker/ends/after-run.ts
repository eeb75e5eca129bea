import type { Scenario } from '../../spec/scenario.ts';
import type { PropertyResult, Trace } from '../result/result.ts';
import type { Wait } from '../result/wait.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { stepperFor, type Vector } from '../runs/stepper.ts';
import { type Prospect, prospectFrom } from './from-here.ts';
import { waitsAt } from './waits.ts';

/**
 * Whether a run of this scenario can still reach an end, and which processes can never take a step
 * again. `options` are those that made the run. Looks at no more than `statesMax` of the states
 * that follow.
 */
export function afterRun(
  scenario: Scenario,
  trace: Trace,
  options: ReplayOptions,
  statesMax: number,
): { readonly prospect: Prospect; readonly waits: readonly Wait[] } {
  const { stepper, initial, system } = stepperFor(scenario, options);
  const run: Vector[] = [initial[trace.initIndex] ?? []];
  for (const entry of trace.schedule) {
    const vector = run.at(-1) ?? [];
    const taken = stepper.enabled(vector).find((candidate) => candidate.entry === entry);
    if (taken === undefined) throw new Error(`'${entry}' is an entry of the run, but not enabled`);
    run.push(stepper.after(vector, taken.outcome));
  }
  const prospect = prospectFrom({ stepper, system, initial }, run.at(-1) ?? [], statesMax);
  if (prospect.kind === 'goes_on' || prospect.kind === 'unknown') return { prospect, waits: [] };
  const canMove = (pid: string) => prospect.kind === 'out_of_reach' && prospect.movable.has(pid);
  return { prospect, waits: waitsAt(stepper, run).filter(({ process }) => !canMove(process)) };
}

/** The largest number of states that are looked at to find the processes that wait for ever. */
const followersMax = 1_000;

/**
 * The processes that can never take a step after a run, as a part of a result; empty where it is
 * not known within 1,000 states. Throws what the model throws beyond the run.
 */
export function waitsAfter(
  scenario: Scenario,
  trace: Trace,
  options: ReplayOptions,
): Pick<PropertyResult, 'waits'> {
  const { waits } = afterRun(scenario, trace, options, followersMax);
  return waits.length === 0 ? {} : { waits };
}
