import type { ReportDocument } from '../../report/document.ts';
import { reportDocument, type TimedResult } from '../../report/report-json.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { refuseSameFile } from '../arguments/same-file.ts';
import { fileOf } from '../loading/find-scenarios.ts';
import { type ReportTarget, reportTarget, writeReports } from '../reports/write-report.ts';
import { bounded } from '../searching/bounded.ts';
import { factsOf } from '../searching/job-facts.ts';
import { expectedViolations, type Job } from '../searching/jobs.ts';
import { lateErrors } from '../searching/late-errors.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import type { Outcome } from '../searching/run-one.ts';
import { type ExitCode, exitCodeOf, exitCodes, worstOf } from '../system/exit-code.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { output } from '../system/streams.ts';
import { outputLook } from '../system/terminal.ts';
import type { CheckFlags } from './check.ts';
import { checkJobs, type JobFlags } from './check-jobs.ts';
import { errorsOnly, type Reporter, reporter, unmet } from './check-reporter.ts';
import { searchOptions } from './search-options.ts';

/** Runs these jobs, one after another, until `stop` is requested. */
export type RunAll = (
  jobs: readonly Job[],
  stop: Stop,
) => AsyncIterable<Outcome & { readonly job: Job }>;

/**
 * Loads scenarios, runs them at the points that the flags name, and reports each result. Throws
 * CliUsageError. A model that is broken at one point is reported beside the results of the others.
 */
export async function runChecks(
  names: readonly string[],
  flags: JobFlags,
  runAll: RunAll,
): Promise<ExitCode> {
  const targets = targetsOf(flags);
  const byCi = flags.ci ? (await import('../reports/ci.ts')).ciFiles : [];
  refuseSameFile([...targets, ...byCi], names.map(fileOf));
  const { jobs, broken } = await checkJobs(names, flags);
  if (jobs.length + broken.length === 0) throw nothingToCheck;
  const stop = stopOnSignal();
  const done: Checked[] = [];
  const codes: ExitCode[] = broken.map(() => exitCodes.wrongUsage);
  const isApart = targets.some(isToOutput);
  const readable = reporter(jobs, broken.length, flags, outputLook());
  const report = isApart ? errorsOnly(flags) : readable;
  for (const { problem } of broken) report.broken(problem);
  for await (const { job, timed, problems } of explained(runAll(jobs, stop), flags, targets)) {
    if (timed !== undefined) {
      done.push({ job, timed });
      codes.push(...codesOf(job, timed, flags));
      report.one(job, timed);
    }
    for (const problem of problems) {
      broken.push({ scenario: job.scenario.name, parameters: job.point, problem });
      codes.push(exitCodes.wrongUsage);
      report.broken(problem, job);
    }
  }
  if (stop.requested) codes.push(exitCodes.undecided);
  for (const problem of lateErrors()) broken.push({ scenario: '', parameters: {}, problem });
  const timed = done.map((one) => one.timed);
  const unwritten = await writeAll(reportDocument(timed, broken), targets, flags);
  // A cut document is useless to a program, so the violations are told to the reader instead.
  if (isApart && output.isCut) tellViolations(done, readable);
  report.end(timed.map(({ result }) => result));
  return worstOf([...codes, ...[...unwritten, ...lateErrors()].map(() => exitCodes.wrongUsage)]);
}

/** The results, with the reasons of each violation if a report needs them. */
async function* explained(
  outcomes: ReturnType<RunAll>,
  flags: CheckFlags,
  targets: readonly ReportTarget[],
): AsyncGenerator<Partial<Checked> & Pick<Checked, 'job'> & { problems: SpecProblem[] }> {
  for await (const { job, searched, problem } of outcomes) {
    const problems = problem === undefined ? [] : [problem];
    if (searched === undefined) yield { job, problems };
    else {
      const { timed, problem: unexplained } = await withReasons(job, searched, flags, targets);
      yield {
        job,
        timed,
        problems: unexplained === undefined ? problems : [...problems, unexplained],
      };
    }
  }
}

interface Checked {
  readonly job: Job;
  readonly timed: TimedResult;
}

export const nothingToCheck: CliUsageError = new CliUsageError({
  what: 'nothing was checked: the named scenarios have no point to check',
  mend: 'Name a scenario or a file.',
});

function codeOf(job: Job, { result }: TimedResult): ExitCode {
  return exitCodeOf({ result, stated: expectedViolations(job) !== undefined });
}

function codesOf(job: Job, timed: TimedResult, flags: CheckFlags): readonly ExitCode[] {
  const lacks = unmet(timed.result, flags).length > 0;
  return [codeOf(job, timed), ...(lacks ? [exitCodes.undecided] : [])];
}

/** The exit code of one job. */
export function outcomeCode(job: Job, { searched, problem }: Outcome, flags: CheckFlags): ExitCode {
  return worstOf([
    ...(searched === undefined ? [] : codesOf(job, searched, flags)),
    ...(problem === undefined ? [] : [exitCodes.wrongUsage]),
  ]);
}

function tellViolations(done: readonly Checked[], readable: Reporter): void {
  for (const { job, timed } of done) {
    if (codeOf(job, timed) === exitCodes.notAsExpected) readable.one(job, timed);
  }
}

/** Writes all reports. Returns what could not be written, after printing it. */
async function writeAll(
  document: ReportDocument,
  targets: readonly ReportTarget[],
  { ci }: CheckFlags,
): Promise<readonly SpecProblem[]> {
  const unwritten = await writeReports(document, targets);
  return ci
    ? [...unwritten, ...(await (await import('../reports/ci.ts')).writeForCi(document))]
    : unwritten;
}

/**
 * At most this many seconds of processor time, beside ten times those of the search, go into
 * finding reasons.
 */
const reasonsSeconds = 120;

/**
 * Adds the reasons of violations where a report shows them. An error on the way costs the reasons,
 * never the result.
 */
async function withReasons(
  job: Job,
  timed: TimedResult,
  flags: CheckFlags,
  targets: readonly ReportTarget[],
): Promise<{ readonly timed: TimedResult; readonly problem?: SpecProblem }> {
  const { why, report, ci } = flags;
  const plain = { ...timed, extras: factsOf(job) };
  if (!why && !ci && report.length === 0) return { timed: plain };
  const { faults } = searchOptions(flags, job.scenario, job.point);
  const { explainResult } = await import('../searching/explain-result.ts');
  const graph = targets.some(({ format }) => format.wantsGraph === true);
  const areShortest = timed.result.order === 'breadth_first';
  const explain = () => explainResult(job, timed, { faults, graph, areShortest });
  try {
    const most = reasonsSeconds + 10 * timed.seconds;
    return { timed: bounded(explain, 'the search for reasons', most) };
  } catch (error) {
    return { timed: plain, problem: problemAt(job, problemFrom(error)) };
  }
}

/**
 * The reports that the flags ask for; `--json` is one. Throws CliUsageError when two go to standard
 * output.
 */
function targetsOf({ report, json }: CheckFlags): readonly ReportTarget[] {
  const targets = [...(json ? ['json'] : []), ...report].map(reportTarget);
  const [first, second] = targets.filter(isToOutput);
  if (first === undefined || second === undefined) return targets;
  throw new CliUsageError({
    what: 'two reports would be mixed on standard output',
    where: `${first.name} and ${second.name}`,
    mend: `Name a file for one of them: --report ${second.name}=report.${second.format.extension}`,
  });
}

function isToOutput({ file }: ReportTarget): boolean {
  return file === undefined;
}
