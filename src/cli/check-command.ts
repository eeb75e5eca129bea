import { shortfalls } from '../checker/ledger.ts';
import type { CheckOptions } from '../checker/options.ts';
import type { Requirement } from '../checker/requirements.ts';
import type { Result } from '../checker/result.ts';
import type { Look } from '../report/look.ts';
import { profileLines } from '../report/profile-text.ts';
import { progressText } from '../report/progress-text.ts';
import { reportDocument, type TimedResult } from '../report/report-json.ts';
import { resultLines } from '../report/result-text.ts';
import { shownPoint } from '../report/shown-point.ts';
import { totalLine, verdictLines } from '../report/verdict-text.ts';
import { type ExitCode, exitCodeOf, exitCodes, worstOf } from './exit-code.ts';
import { builtInScenarios, findScenarios } from './find-scenarios.ts';
import { nextSteps } from './hints.ts';
import { invocation } from './invocation.ts';
import { expectedViolations, type Job, jobsAt, jobsExpected } from './jobs.ts';
import { makeMeter } from './meter.ts';
import { runSearch, stopOnSignal } from './run-search.ts';
import { faultFlags, type SearchFlags, searchOptions } from './search-options.ts';
import { settingsOf } from './settings.ts';
import { outputLook, print } from './terminal.ts';
import { type ReportTarget, reportTarget, writeReports } from './write-report.ts';
import { problemOf, WrongUsage } from './wrong-usage.ts';

export interface CheckFlags extends SearchFlags {
  readonly all?: true | undefined;
  readonly set: readonly string[];
  readonly json?: true | undefined;
  readonly require: readonly Requirement[];
  /** Each a format, or a format and a file: `sarif=r.sarif`. */
  readonly report: readonly string[];
  readonly ci?: true | undefined;
  readonly watch?: true | undefined;
  readonly why?: true | undefined;
  readonly verbose?: true | undefined;
}

/** `racewright check`. Throws WrongUsage, and what a broken model makes the checker throw. */
export async function checkCommand(names: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  const targets = targetsOf(flags);
  const jobs = await jobsFor(names, flags);
  const stop = stopOnSignal();
  const done: TimedResult[] = [];
  const codes: ExitCode[] = [];
  const report = targets.some(isToOutput) ? undefined : reporter(jobs, flags, outputLook());
  const meter = makeMeter();
  for (const [i, job] of jobs.entries()) {
    if (stop.requested) break;
    const place = { name: job.scenario.name, number: i + 1, of: jobs.length };
    try {
      const options = searchOptions(flags, job.scenario, job.point);
      const found = await runSearch(job.scenario, options, stop, (progress, seconds) => {
        meter.show((width) => progressText({ ...place, progress, seconds }, width));
      });
      meter.clear();
      const timed = await withReasons(job, found, options.faults, flags, targets);
      done.push(timed);
      codes.push(
        exitCodeOf({ result: timed.result, stated: expectedViolations(job) !== undefined }),
        ...(unmet(timed.result, flags).length > 0 ? [exitCodes.undecided] : []),
      );
      report?.one(job, timed);
    } catch (error) {
      meter.clear();
      const problem = problemOf(error);
      if (problem === undefined) throw error;
      await writeReports(reportDocument(done, problem), targets);
      if (!flags.json) throw error;
      return exitCodes.wrongUsage;
    }
  }
  await writeAll(done, targets, flags);
  report?.end(done.map(({ result }) => result));
  return worstOf(done.length < jobs.length ? [...codes, exitCodes.undecided] : codes);
}

async function writeAll(
  done: readonly TimedResult[],
  targets: readonly ReportTarget[],
  { ci }: CheckFlags,
): Promise<void> {
  const document = reportDocument(done);
  await writeReports(document, targets);
  if (ci) await (await import('./ci.ts')).writeForCi(document);
}

/** What was required of the result (`--require`) and is not so. */
function unmet({ ledger }: Result, flags: CheckFlags): readonly string[] {
  return flags.require.flatMap((requirement) => shortfalls(ledger, requirement));
}

/** Why it happened is found out where somebody reads it. */
async function withReasons(
  job: Job,
  timed: TimedResult,
  faults: CheckOptions['faults'],
  { why, report, ci, depthFirst }: CheckFlags,
  targets: readonly ReportTarget[],
): Promise<TimedResult> {
  if (!why && !ci && report.length === 0) return timed;
  const { explainResult } = await import('./explain-result.ts');
  const graph = targets.some(({ format }) => format.wantsGraph === true);
  return explainResult(job, timed, { faults, graph, areShortest: !depthFirst });
}

/** The reports that are asked for, `--json` being one of them. Throws WrongUsage when two go to standard output. */
function targetsOf({ report, json }: CheckFlags): readonly ReportTarget[] {
  const targets = [...(json ? ['json'] : []), ...report].map(reportTarget);
  const [first, second] = targets.filter(isToOutput);
  if (first === undefined || second === undefined) return targets;
  throw new WrongUsage({
    what: 'two reports would be mixed on standard output',
    where: `${first.name} and ${second.name}`,
    mend: `Name a file for one of them: --report ${second.name}=report.${second.format.extension}`,
  });
}

function isToOutput({ file }: ReportTarget): boolean {
  return file === undefined;
}

async function jobsFor(names: readonly string[], flags: CheckFlags): Promise<Job[]> {
  if (names.length === 0 && !flags.all) {
    throw new WrongUsage({
      what: 'nothing to check',
      mend: "Name a scenario or a file, or say --all. 'racewright list' shows the scenarios.",
    });
  }
  if (flags.all && flags.set.length > 0) {
    throw new WrongUsage({
      what: '--all checks the points for which scenarios state expectations, so there is nothing to --set',
      mend: 'Leave one of the two out.',
    });
  }
  const chosen =
    names.length === 0
      ? await builtInScenarios()
      : (await Promise.all([...new Set(names)].map(findScenarios))).flat();
  return flags.all ? jobsExpected(chosen) : jobsAt(chosen, flags.set);
}

/** Prints results as they come: in full, or with --all one line each unless it is a surprise. */
function reporter(jobs: readonly Job[], flags: CheckFlags, look: Look) {
  let above: Job['scenario'] | undefined;
  const full = (job: Job, { result, seconds, profile, extras }: TimedResult): string[] => {
    const about = above === job.scenario ? undefined : job.scenario.about;
    above = job.scenario;
    const settings = settingsOf(job.scenario, job.point);
    return resultLines(
      result,
      {
        about,
        shown: shownPoint(job.scenario, job.point),
        seconds,
        why: extras?.why,
        expectedViolations: flags.faults === undefined ? expectedViolations(job) : undefined,
        replayCommand: [...invocation(), 'replay', job.typed, ...settings, ...faultFlags(flags)],
        next: nextSteps(job, result, jobs.length),
        verbose: flags.verbose,
      },
      look,
    ).concat(
      unmet(result, flags).map((text) => look.paint.bad(`  required, and not so: ${text}`)),
      profile === undefined ? [] : profileLines(profile, look),
    );
  };
  return {
    one(job: Job, timed: TimedResult): void {
      if (!flags.all) print([...full(job, timed), ...(job === jobs.at(-1) ? [] : [''])]);
      else {
        const point = settingsOf(job.scenario, job.point).filter((word) => word !== '--set');
        print(verdictLines(timed.result, job.scenario.name, point.join(' '), look));
        print(unmet(timed.result, flags).map((text) => look.paint.bad(`  ${text}`)));
        if (timed.result.asExpected === false) print(['', ...full(job, timed), '']);
      }
    },
    end(results: readonly Result[]): void {
      if (jobs.length > 1) print(['', totalLine(results, jobs.length)]);
    },
  };
}
