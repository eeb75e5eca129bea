import { shortfalls } from '../../checker/result/ledger.ts';
import type { Result } from '../../checker/result/result.ts';
import { type Budgeted, budgetLines } from '../../report/budget-text.ts';
import { problemLines } from '../../report/problem-text.ts';
import { profileLines } from '../../report/profile-text.ts';
import type { TimedResult } from '../../report/report-json.ts';
import { NOTHING_ASKED, resultLines } from '../../report/result-text.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { TextStyle } from '../../report/text-style.ts';
import { brokenLines, totalLine, verdictLines } from '../../report/verdict-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { settingsOf } from '../arguments/settings.ts';
import { expectedViolations, type Job } from '../searching/jobs.ts';
import { asksNothing } from '../system/exit-code.ts';
import { errorLook, printError, printFound } from '../system/terminal.ts';
import type { CheckFlags } from './check.ts';
import { nextSteps } from './hints.ts';
import { faultFlags } from './search-options.ts';

/** Prints each check as it ends. */
export interface Reporter {
  one(job: Job, timed: TimedResult): void;
  /** A check without a result, or a file that could not be loaded. */
  broken(problem: SpecProblem, job?: Job): void;
  end(results: readonly Result[]): void;
}

/** The requirements of `--require` that the result does not meet. */
export function unmet({ ledger }: Result, flags: CheckFlags): readonly string[] {
  return flags.require.flatMap((requirement) => shortfalls(ledger, requirement));
}

/** Says that the check asked nothing, because it would pass whatever the model did. */
function unasked(job: Job, result: Result): readonly string[] {
  const stated = expectedViolations(job) !== undefined;
  return asksNothing({ result, stated }) ? [NOTHING_ASKED] : [];
}

/** Prints results as they come: in full, or, with --all, an expected one as a line. */
export function reporter(
  jobs: readonly Job[],
  brokenBefore: number,
  flags: CheckFlags,
  look: TextStyle,
): Reporter {
  const { length: several } = jobs;
  let broken = 0;
  const searched: Budgeted[] = [];
  let above: Job['scenario'] | undefined;
  const full = (job: Job, { result, seconds, profile, extras, cached }: TimedResult): string[] => {
    const about = above === job.scenario ? undefined : job.scenario.about;
    above = job.scenario;
    const settings = settingsOf(job.scenario, job.point);
    return resultLines(
      result,
      {
        about,
        shown: shownPoint(job.scenario, job.point),
        seconds,
        cached,
        why: extras?.why,
        expectedViolations: flags.faults === undefined ? expectedViolations(job) : undefined,
        replayCommand: [
          ...invocation(),
          'replay',
          job.requestedName,
          ...settings,
          ...faultFlags(flags),
        ],
        next: nextSteps(job, result, jobs.length),
        verbose: flags.verbose,
      },
      look,
    ).concat(
      unmet(result, flags).map((text) => look.paint.bad(`  requirement not met: ${text}`)),
      unasked(job, result).map((text) => look.paint.bad(`  ${text}`)),
      profile === undefined ? [] : profileLines(profile, look),
    );
  };
  return {
    one(job: Job, timed: TimedResult): void {
      const point = pointOf(job, flags);
      searched.push({ name: `${job.scenario.name} ${point}`.trim(), result: timed.result });
      if (!flags.all) printFound([...full(job, timed), ...(job === jobs.at(-1) ? [] : [''])]);
      else {
        printFound(verdictLines(timed.result, job.scenario.name, point, look, timed.cached));
        const missing = [...unmet(timed.result, flags), ...unasked(job, timed.result)];
        printFound(missing.map((text) => look.paint.bad(`  ${text}`)));
        if (timed.result.asExpected === false) printFound(['', ...full(job, timed), '']);
      }
    },
    broken(problem, job): void {
      broken += 1;
      if (job !== undefined && flags.all) {
        printFound(brokenLines(job.scenario.name, pointOf(job, flags), look));
      }
      errorsOnly(flags).broken(problem);
      const isApart = several + brokenBefore > 1 && job !== jobs.at(-1) && !flags.all;
      if (isApart) printError(['']);
    },
    end(results): void {
      const asked = several + brokenBefore;
      if (asked > 1) printFound(['', totalLine(results, asked, broken)]);
      if (flags.budget !== undefined) {
        printFound(budgetLines(flags.budget, searched, several, look));
      }
    },
  };
}

/** A reporter that prints only errors, for when the report itself goes to standard output. */
export function errorsOnly({ json }: CheckFlags): Reporter {
  return {
    one: () => undefined,
    // A reader of JSON finds the errors in the document.
    broken: (problem) => (json ? undefined : printError(problemLines(problem, errorLook()))),
    end: () => undefined,
  };
}

/** The settings of a job that differ from the defaults: `lock=both --faults crash=1`. */
function pointOf({ scenario, point }: Job, flags: CheckFlags): string {
  const settings = settingsOf(scenario, point).filter((word) => word !== '--set');
  return [...settings, ...faultFlags(flags)].join(' ');
}
