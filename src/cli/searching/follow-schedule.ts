import type { Trace } from '../../checker/result/result.ts';
import {
  type GoesOn,
  nothingText,
  OpenLoopError,
  ReplayError,
  type ReplayOptions,
  replay,
} from '../../checker/runs/replay.ts';
import { shellWord } from '../../report/shell-words.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { nearest } from '../arguments/nearest.ts';

/** An entry of a schedule is not enabled where the schedule has it. */
export class NotEnabledError extends CliUsageError {
  /** The entries before it, which can be followed. */
  readonly taken: readonly string[];

  constructor(problem: SpecProblem, taken: readonly string[]) {
    super(problem);
    this.taken = taken;
  }
}

/**
 * The run that takes the steps of a schedule. Throws a NotEnabledError, which names the
 * enabled steps, where an entry is not enabled, and a CliUsageError where the run does not return
 * to where it shall repeat.
 */
export function followSchedule(
  scenario: Scenario,
  schedule: readonly string[],
  options: ReplayOptions & GoesOn,
): Trace {
  try {
    return replay(scenario, schedule, options);
  } catch (error) {
    if (error instanceof OpenLoopError) {
      throw openLoop(error, `--repeat-from ${Number(options.loopsTo) + 1}`);
    }
    if (!(error instanceof ReplayError)) throw error;
    const { step, entry, enabled } = error;
    if (step === 0) {
      const what = `scenario '${scenario.name}' has no initial state ${options.init}`;
      throw new CliUsageError({ what, where: '--init', mend: 'They are counted from 0.' });
    }
    const best = nearest(entry, enabled);
    const problem = {
      what: `'${entry}' is not enabled`,
      where: `step ${step} of ${schedule.length}`,
      mend:
        enabled.length === 0
          ? nothingText(error.isOutside)
          : `${best === undefined ? '' : `Did you mean '${best}'? `}Enabled there: ${enabled.map(shellWord).join(' ')}`,
    };
    throw new NotEnabledError(problem, schedule.slice(0, step - 1));
  }
}

/** The error for a run that does not return to the state in which it shall repeat. */
export function openLoop(
  { step, entry, message, differs }: OpenLoopError,
  where: string,
): CliUsageError {
  return new CliUsageError({
    what: message.split('\n')[0] ?? `step ${step}: '${entry}'`,
    where,
    mend: `What differs there: ${differs.join(' ')}`,
  });
}
