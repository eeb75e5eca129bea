import { inWords, pointOf } from '../../checker/evaluate/point.ts';
import type { Trace } from '../../checker/result/result.ts';
import {
  type GoesOn,
  OpenLoopError,
  ReplayError,
  type ReplayOptions,
  replay,
  startsOf,
} from '../../checker/runs/replay.ts';
import { problemLines } from '../../report/problem-text.ts';
import { replayLines } from '../../report/replay-text.ts';
import { errorDocument, replayDocument } from '../../report/report-json.ts';
import { shellWord } from '../../report/shell-words.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import { pointsOf } from '../arguments/settings.ts';
import { textOf } from '../arguments/text-of.ts';
import { findScenario } from '../loading/find-scenarios.ts';
import { asFarAsItGoes } from '../searching/as-far-as-it-goes.ts';
import { followSchedule, openLoop } from '../searching/follow-schedule.ts';
import { judgedRun } from '../searching/judged-run.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { errorLook, outputLook, print, printError, printJson } from '../system/terminal.ts';
import type { ReplayFlags } from './replay.ts';
import { followed } from './reported-run.ts';

/**
 * `racewright replay`. The exit code is 1 when the run violates a property. Throws CliUsageError
 * when an entry is not enabled or the run does not return to where it shall repeat, and a SpecError
 * when the model is broken.
 */
export async function replayCommand(
  requestedName: string | undefined,
  given: readonly string[],
  asked: ReplayFlags,
): Promise<ExitCode> {
  const { name, words: schedule, flags } = await followed(requestedName, given, asked);
  const { scenario } = await findScenario(name, flags.cloud);
  const parameters = pointOf(scenario, onePoint(scenario, flags.set));
  const options: ReplayOptions = {
    parameters,
    ...(flags.faults === undefined
      ? {}
      : { faults: faultBudgets(scenario, parameters, flags.faults) }),
    ...(flags.init === undefined ? {} : { init: flags.init }),
  };
  const judged = (trace: Trace) => ({
    ...judgedRun(scenario, trace, options),
    // An ITF file says itself in which state it begins.
    ...(flags.itf === undefined ? otherStarts(scenario, trace, options) : {}),
  });
  const whole = flags.itf === undefined ? goesOn(flags, schedule) : {};
  const { run, problem } =
    flags.itf === undefined
      ? asFarAsItGoes(schedule, (taken) => {
          const given = { ...options, ...(taken === schedule ? whole : {}) };
          return judged(followSchedule(scenario, taken, given));
        })
      : { run: judged(await followFile(scenario, flags.itf, schedule, options, flags)) };
  const about = {
    scenario: scenario.name,
    parameters,
    ...(options.faults === undefined ? {} : { faults: options.faults }),
    shown: shownPoint(scenario, parameters),
  };
  const report = { ...about, ...run };
  if (flags.step === true) {
    const { stepThrough } = await import('./step-through.ts');
    const start = { ...options, init: run.trace.initIndex };
    await stepThrough(report, (entries) => ({
      ...about,
      ...judged(followSchedule(scenario, entries, start)),
    }));
  } else if (flags.json) printJson({ ...replayDocument(report), ...errorIn(problem) });
  else print(replayLines(report, outputLook()));
  if (problem !== undefined && !flags.json) printError(problemLines(problem, errorLook()));
  if (report.failures.length > 0) return exitCodes.notAsExpected;
  return problem === undefined ? exitCodes.asExpected : exitCodes.wrongUsage;
}

function errorIn(problem: SpecProblem | undefined): object {
  return problem === undefined ? {} : errorDocument(problem);
}

/**
 * How the run goes on after its last step, by the flags. Throws CliUsageError for a step that does
 * not exist.
 */
function goesOn({ repeatFrom, stop }: ReplayFlags, schedule: readonly string[]): GoesOn {
  if (stop === true) return { stops: true };
  if (repeatFrom === undefined) return {};
  if (repeatFrom <= schedule.length) return { loopsTo: repeatFrom - 1 };
  throw new CliUsageError({
    what: `there is no step ${repeatFrom} to repeat from`,
    where: `--repeat-from ${repeatFrom}`,
    mend:
      schedule.length === 0
        ? 'The schedule has no steps; a run that stops has --stop.'
        : `The schedule has ${schedule.length} steps, counted from 1.`,
  });
}

/**
 * The run that an ITF file describes. Throws CliUsageError if a schedule is given as well, and an
 * UnreadableReport for a file that is not ITF.
 */
async function followFile(
  scenario: Scenario,
  file: string,
  schedule: readonly string[],
  options: ReplayOptions,
  flags: ReplayFlags,
): Promise<Trace> {
  if (schedule.length > 0) {
    throw new CliUsageError({
      what: 'a schedule and a file are given, and only one of them can be followed',
      where: `--itf ${file}`,
      mend: 'Leave the schedule out.',
    });
  }
  const { readItf } = await import('../../report/formats/read-itf.ts');
  const { followItf } = await import('../../report/formats/follow-itf.ts');
  const itf = readItf(textOf(file), file);
  try {
    const found = followItf(scenario, itf, options);
    const isSaid = flags.stop === true || flags.repeatFrom !== undefined;
    const loop = found.loopsTo === undefined ? {} : { loopsTo: found.loopsTo };
    const whole = isSaid ? goesOn(flags, found.schedule) : loop;
    return replay(scenario, found.schedule, { ...options, init: found.init, ...whole });
  } catch (error) {
    if (error instanceof OpenLoopError) throw openLoop(error, file);
    if (!(error instanceof ReplayError)) throw error;
    const { step, entry, enabled } = error;
    throw new CliUsageError({
      what:
        step === 0
          ? `scenario '${scenario.name}' cannot begin in the first state of the file`
          : `state ${step} of the file does not follow: '${entry}' does not lead there`,
      where: file,
      mend:
        step === 0
          ? `The file says it was made from ${itf.scenario ?? 'something else'} ${inWords(itf.parameters)}.`
          : `Enabled there: ${enabled.map(shellWord).join(' ') || 'nothing'}`,
    });
  }
}

/** The other initial states from which the schedule could be followed. */
function otherStarts(
  scenario: Scenario,
  { schedule, initIndex, loopsTo }: Trace,
  options: ReplayOptions,
): { readonly otherStarts?: readonly number[] } {
  if (options.init !== undefined) return {};
  const loop = loopsTo === undefined ? {} : { loopsTo };
  const others = startsOf(scenario, schedule, { ...options, ...loop }).filter(
    (start) => start !== initIndex,
  );
  return others.length === 0 ? {} : { otherStarts: others };
}

function onePoint(
  scenario: Scenario,
  settings: readonly string[],
): ReturnType<typeof pointsOf>[number] {
  const [point = {}, ...others] = pointsOf(scenario, settings);
  if (others.length === 0) return point;
  throw new CliUsageError({
    what: 'a schedule can be replayed at one point only',
    where: settings.map((setting) => `--set ${setting}`).join(' '),
    mend: 'Give each parameter one value.',
  });
}
