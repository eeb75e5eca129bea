import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { asFarAsItGoes } from '../searching/as-far-as-it-goes.ts';
import { followSchedule } from '../searching/follow-schedule.ts';
import { judgedRun } from '../searching/judged-run.ts';
import { type Call, placeOf, type Reply, runOf } from './call.ts';
import { shortTrace } from './describe.ts';
import type { ToolArguments } from './tool-schemas.ts';

/** The tool `replay`: follows a run and judges it. */
export async function replay(asked: ToolArguments<'replay'>, call: Call): Promise<Reply> {
  const { chosen, point, options } = await placeOf(asked);
  const { scenario } = chosen;
  const run = runOf(call, asked.scenario, options, asked);
  const { schedule } = run;
  const init = run.initIndex === undefined ? {} : { init: run.initIndex };
  const { run: judged, problem } = asFarAsItGoes(schedule, (taken) => {
    const whole = taken === schedule ? goesOn(asked, run) : {};
    const trace = followSchedule(scenario, taken, { ...options, ...init, ...whole });
    return judgedRun(scenario, trace, { ...options, ...init });
  });
  const { trace, failures, unfair, unjudged, enabled, followersMax } = judged;
  return {
    scenario: asked.scenario,
    parameters: point,
    ...shortTrace(trace),
    violated: failures.map(({ name, step, part }) => ({
      property: name,
      afterStep: step,
      ...(part === undefined ? {} : { fails: part }),
    })),
    ...(unfair === undefined ? {} : { unfair: `fairness rules the run out: ${unfair}` }),
    ...(unjudged.length === 0
      ? {}
      : { unjudged, unjudgedBecause: 'a whole run must repeat (repeatFrom) or stop (stop: true)' }),
    ...(followersMax === undefined
      ? {}
      : { undecided: `whether an end can be reached: more than ${followersMax} states follow` }),
    enabledNext: enabled,
    ...(problem === undefined ? {} : { error: problem }),
    next: {
      because: 'the state at the end of the run, and what each enabled step does there',
      tool: 'explore_from',
      arguments: { ...withoutWhole(asked) },
    },
  };
}

function withoutWhole({ repeatFrom: _, stop: __, ...asked }: ToolArguments<'replay'>): Reply {
  return asked;
}

/** How the run goes on for ever, by the arguments or by the counterexample. */
function goesOn(
  { repeatFrom, stop }: ToolArguments<'replay'>,
  run: ReturnType<typeof runOf>,
): { readonly loopsTo?: number; readonly stops?: true } {
  const { schedule, loopsTo, stops } = run;
  if (stop === true && repeatFrom !== undefined) {
    throw new CliUsageError({
      what: 'a run that stops repeats nothing',
      mend: 'Give one of the two.',
    });
  }
  if (stop === true) return { stops: true };
  if (repeatFrom === undefined) {
    return {
      ...(loopsTo === undefined ? {} : { loopsTo }),
      ...(stops === undefined ? {} : { stops }),
    };
  }
  if (repeatFrom <= schedule.length) return { loopsTo: repeatFrom - 1 };
  throw new CliUsageError({
    what: `there is no step ${repeatFrom} to repeat from`,
    mend: `The schedule has ${schedule.length} steps, counted from 1.`,
  });
}
