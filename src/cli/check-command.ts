import type { CheckOptions } from '../checker/options.ts';
import type { Requirement } from '../checker/requirements.ts';
import type { ReportDocument } from '../report/document.ts';
import { progressText } from '../report/progress-text.ts';
import { type BrokenCheck, reportDocument, type TimedResult } from '../report/report-json.ts';
import { errorsOnly, reporter, unmet } from './check-reporter.ts';
import { type ExitCode, exitCodeOf, exitCodes, worstOf } from './exit-code.ts';
import { builtInScenarios, fileOf, findScenarios } from './find-scenarios.ts';
import { factsOf } from './job-facts.ts';
import { expectedViolations, type Job, jobsAt, jobsExpected } from './jobs.ts';
import { makeMeter } from './meter.ts';
import { problemAt, problemFrom } from './problem.ts';
import { runSearch, stopOnSignal } from './run-search.ts';
import { type SearchFlags, searchOptions } from './search-options.ts';
import { copyOf } from './second-copy.ts';
import { outputLook } from './terminal.ts';
import { type ReportTarget, reportTarget, writeReports } from './write-report.ts';
import { WrongUsage } from './wrong-usage.ts';

export interface CheckFlags extends SearchFlags {
  readonly all?: true | undefined;
  readonly set: readonly string[];
  readonly json?: true | undefined;
  readonly require: readonly Requirement[];
  /** Each a format, or a format and a file: `sarif=r.sarif`. */
  readonly report: readonly string[];
  readonly ci?: true | undefined;
  readonly watch?: true | undefined;
  readonly types?: true | undefined;
  readonly why?: true | undefined;
  readonly verbose?: true | undefined;
}

/** `racewright check`. Throws WrongUsage, and what a broken model makes the checker throw. */
export async function checkCommand(names: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  const targets = targetsOf(flags);
  const { jobs, broken } = await jobsFor(names, flags);
  const stop = stopOnSignal();
  const done: TimedResult[] = [];
  const codes: ExitCode[] = [];
  const report = targets.some(isToOutput)
    ? errorsOnly(flags)
    : reporter(jobs, broken.length, flags, outputLook());
  for (const { problem } of broken) report.broken(problem);
  const meter = makeMeter();
  for (const [i, job] of jobs.entries()) {
    if (stop.requested) break;
    const place = { name: job.scenario.name, number: i + 1, of: jobs.length };
    try {
      const options = {
        ...searchOptions(flags, job.scenario, job.point),
        copy: () => copyOf(job),
      };
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
      report.one(job, timed);
    } catch (error) {
      meter.clear();
      // What is wrong with the command is wrong with all of it.
      if (error instanceof WrongUsage) throw error;
      const problem = problemAt(job, problemFrom(error));
      broken.push({ scenario: job.scenario.name, parameters: job.point, problem });
      report.broken(problem, job);
    }
  }
  await writeAll(reportDocument(done, broken), targets, flags);
  report.end(done.map(({ result }) => result));
  if (broken.length > 0) return exitCodes.wrongUsage;
  return worstOf(done.length < jobs.length ? [...codes, exitCodes.undecided] : codes);
}

async function writeAll(
  document: ReportDocument,
  targets: readonly ReportTarget[],
  { ci }: CheckFlags,
): Promise<void> {
  await writeReports(document, targets);
  if (ci) await (await import('./ci.ts')).writeForCi(document);
}

/** Why it happened is found out where somebody reads it. */
async function withReasons(
  job: Job,
  timed: TimedResult,
  faults: CheckOptions['faults'],
  { why, report, ci, depthFirst }: CheckFlags,
  targets: readonly ReportTarget[],
): Promise<TimedResult> {
  if (!why && !ci && report.length === 0) return { ...timed, extras: factsOf(job) };
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

/** The checks that are asked for; and the files and scenarios that are too broken to tell. Throws WrongUsage. */
async function jobsFor(names: readonly string[], flags: CheckFlags): Promise<Jobs> {
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
  const jobs: Job[] = [];
  const broken: BrokenCheck[] = [];
  const attempt = async (scenario: string, find: () => Promise<void> | void): Promise<void> => {
    try {
      await find();
    } catch (error) {
      if (error instanceof WrongUsage) throw error;
      broken.push({ scenario, parameters: {}, problem: problemFrom(error) });
    }
  };
  const chosen = names.length === 0 ? await builtInScenarios() : [];
  for (const name of new Set(names)) {
    await attempt(name, async () => {
      if (flags.types) await mustHaveTypes(name);
      chosen.push(...(await findScenarios(name)));
    });
  }
  for (const one of chosen) {
    await attempt(one.scenario.name, () => {
      jobs.push(...(flags.all ? jobsExpected([one]) : jobsAt([one], flags.set)));
    });
  }
  return { jobs, broken };
}

/** TypeScript is loaded only where it is asked for. */
async function mustHaveTypes(typed: string): Promise<void> {
  const file = fileOf(typed);
  if (file === undefined) {
    throw new WrongUsage({
      what: `--types reads a file of yours, and '${typed}' comes with racewright`,
      mend: 'Leave --types out, or name a file: ./my-lock.ts',
    });
  }
  const { checkTypes } = await import('./own-types.ts');
  checkTypes(file);
}

interface Jobs {
  readonly jobs: readonly Job[];
  readonly broken: BrokenCheck[];
}
