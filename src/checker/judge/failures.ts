import type { Parameters } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { AnySystem } from '../../spec/system.ts';
import { afterRun } from '../ends/after-run.ts';
import { blame } from '../evaluate/blame.ts';
import { pointOf } from '../evaluate/point.ts';
import { isLive } from '../liveness/liveness.ts';
import { endlessRun, runViolates } from '../liveness/run-violates.ts';
import { unfairnessOf } from '../liveness/unfair.ts';
import { type Failing, failingAt, failingInitially } from '../properties/failing-at.ts';
import { OUT_OF_REACH } from '../result/end-questions.ts';
import type { PropertyResult, Trace } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';

/** The largest number of states after a run in which to look for an end. */
export const followersMax = 20_000;

/** A property that a run violates. */
export interface Failure {
  /**
   * The first step after which it fails; 0 is the initial state. For a property of whole runs, and
   * for a deadlock, the last step.
   */
  readonly step: number;
  readonly kind: PropertyResult['kind'];
  readonly name: string;
  /** The part and the entry that fail; undefined for a property without parts. */
  readonly part: string | undefined;
}

/**
 * The properties that a run of this scenario violates. `options` are those that made the run. It
 * judges properties of states and steps, and whether an end can still be reached, unless more than
 * 20,000 states follow. It judges properties of whole runs where the trace says how it goes on
 * (`loopsTo` or `stops`) and is fair. Throws a SpecError when a property throws.
 */
export function failuresOf<P extends Parameters>(
  scenario: Scenario<P>,
  trace: Trace,
  options?: ReplayOptions<NoInfer<P>>,
): readonly Failure[];
export function failuresOf(
  scenario: Scenario,
  trace: Trace,
  options: ReplayOptions = {},
): readonly Failure[] {
  const system = scenario.system(pointOf(scenario, options.parameters));
  const failures = new Map<string, Failure>();
  let before = trace.init;
  const note = (step: number, failing: readonly Failing[]): void => {
    for (const { property, part } of failing) {
      const { kind, name } = property;
      if (!failures.has(name)) failures.set(name, { step, kind, name, part });
    }
  };
  note(0, [...failingAt(system, before), ...failingInitially(system, before)]);
  for (const [i, step] of trace.steps.entries()) {
    note(i + 1, failingAt(system, step.state, { before, step }));
    before = step.state;
  }
  const found = [...failures.values(), ...liveFailures(scenario, system, trace, options)];
  const { prospect } = afterRun(scenario, trace, options, followersMax);
  const isDead = prospect.kind === 'stuck' || prospect.kind === 'out_of_reach';
  const name = prospect.question;
  if (!isDead || name === undefined) return found;
  const part = prospect.kind === 'stuck' ? undefined : OUT_OF_REACH;
  return [...found, { step: trace.steps.length, kind: 'deadlock', name, part }];
}

function liveFailures(
  scenario: Scenario,
  system: AnySystem,
  trace: Trace,
  options: ReplayOptions,
): readonly Failure[] {
  const run = endlessRun(trace);
  if (run === undefined || unfairnessOf(scenario, trace, options) !== undefined) return [];
  return (system.properties ?? []).filter(isLive).flatMap((property): Failure[] => {
    const { kind, name } = property;
    try {
      const violated = runViolates(property, run);
      return violated === undefined
        ? []
        : [{ step: trace.steps.length, kind, name, part: violated.part }];
    } catch (error) {
      throw blame(error, `property '${name}'`);
    }
  });
}
