import { failingAt } from '../../checker/properties/failing-at.ts';
import { stepperFor } from '../../checker/runs/stepper.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { followSchedule } from '../searching/follow-schedule.ts';
import { type Call, placeOf, type Reply, runOf } from './call.ts';
import { changesText } from './describe.ts';
import type { ToolArguments } from './tool-schemas.ts';

/** The tool `explore_from`: a state, and each step that is enabled in it. */
export async function exploreFrom(
  asked: ToolArguments<'explore_from'>,
  call: Call,
): Promise<Reply> {
  const { chosen, point, options } = await placeOf(asked);
  const { scenario } = chosen;
  const run = runOf(call, asked.scenario, options, asked);
  const { steps = run.schedule.length } = asked;
  if (steps > run.schedule.length) {
    throw new CliUsageError({ what: `the run has ${run.schedule.length} steps, not ${steps}` });
  }
  const schedule = run.schedule.slice(0, steps);
  const init = run.initIndex === undefined ? {} : { init: run.initIndex };
  const trace = followSchedule(scenario, schedule, { ...options, ...init });
  const { stepper, initial, system } = stepperFor(scenario, options);
  const end = schedule.reduce((vector, entry) => {
    const taken = stepper.enabled(vector).find((candidate) => candidate.entry === entry);
    return taken === undefined ? vector : stepper.after(vector, taken.outcome);
  }, initial[trace.initIndex] ?? []);
  const before = stepper.world(end);
  const enabled = stepper.enabled(end).map((candidate) => {
    const step = stepper.describe(end, candidate);
    const violates = failingAt(system, step.state, { before, step }).map(
      ({ property }) => property.name,
    );
    return {
      entry: candidate.entry,
      changes: changesText(step),
      ...(violates.length === 0 ? {} : { violates }),
    };
  });
  const [first] = enabled.filter(({ violates }) => violates !== undefined).concat(enabled);
  const { faults } = before;
  return {
    scenario: asked.scenario,
    parameters: point,
    after: steps,
    state: before.state,
    processes: before.processes,
    ...(Object.keys(faults).length === 0 ? {} : { faultsLeft: faults }),
    violatedHere: failingAt(system, before).map(({ property }) => property.name),
    enabled,
    ...(first === undefined
      ? { next: { because: 'nothing is enabled: the run ends here' } }
      : {
          next: {
            because: 'one step further',
            tool: 'explore_from',
            arguments: {
              scenario: asked.scenario,
              parameters: point,
              ...(asked.faults === undefined ? {} : { faults: asked.faults }),
              ...init,
              schedule: [...schedule, first.entry],
              seconds: asked.seconds,
            },
          },
        }),
  };
}
