import type { Scenario } from '../spec/scenario.ts';
import { type Failing, failingAt } from './failing-at.ts';
import { DEADLOCK } from './judge.ts';
import { pointOf } from './point.ts';
import type { ReplayOptions } from './replay.ts';
import type { PropertyResult, Trace } from './result.ts';
import { isStuck } from './stuck.ts';

/** A property that a run violates. */
export interface Failure {
  /** After which step it first fails; 0 at the start. */
  readonly step: number;
  readonly kind: PropertyResult['kind'];
  readonly name: string;
  /** The part and the entry that fail; undefined for a property without parts. */
  readonly part: string | undefined;
}

/**
 * What fails along a run of this scenario, with the same options that made the run: properties about states and steps,
 * and the deadlock in which it ends. Liveness is not judged: a run shows it only together with fairness.
 * Throws a SpecError when a property throws.
 */
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
  note(0, failingAt(system, before));
  for (const [i, step] of trace.steps.entries()) {
    note(i + 1, failingAt(system, step.state, { before, step }));
    before = step.state;
  }
  const found = [...failures.values()];
  if (!isStuck(scenario, trace, options)) return found;
  const step = trace.steps.length;
  return [...found, { step, kind: 'deadlock', name: DEADLOCK, part: undefined }];
}
