import { expectationAt } from '../../checker/evaluate/point.ts';
import { combinations, type GridPoint } from '../../report/grid.ts';
import { matrixLines } from '../../report/matrix-text.ts';
import { problemLines } from '../../report/problem-text.ts';
import { type BrokenCheck, reportDocument, type TimedResult } from '../../report/report-json.ts';
import { NOTHING_ASKED } from '../../report/result-text.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import { axesOf } from '../arguments/settings.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { findProject } from '../loading/config-file.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { factsOf } from '../searching/job-facts.ts';
import type { Job } from '../searching/jobs.ts';
import { problemFrom } from '../searching/problem.ts';
import { runJobs } from '../searching/run-jobs.ts';
import { VerdictCache } from '../searching/verdict-cache.ts';
import { asksNothing, type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, printError, printFound, printJson } from '../system/terminal.ts';
import type { MatrixFlags } from './matrix.ts';
import { searchOptions } from './search-options.ts';
import { withBounds } from './with-defaults.ts';

/**
 * `racewright matrix`. A matrix is there to show violations, so only a contradicted expectation
 * counts as a failure. Throws CliUsageError, and a SpecError for a broken model.
 */
export async function matrixCommand(
  names: readonly string[],
  given: MatrixFlags,
): Promise<ExitCode> {
  const flags = withBounds(given, await findProject());
  const { chosen, broken } = await chooseScenarios(names, { cloud: flags.cloud });
  const [first] = broken;
  if (first !== undefined && chosen.length === 0) throw first.error;
  const stop = stopOnSignal();
  const codes: ExitCode[] = [];
  const results: TimedResult[] = [];
  const unread = broken.map(({ name, error }) => ({
    scenario: name,
    parameters: {},
    problem: problemFrom(error),
  }));
  const problems: BrokenCheck[] = [];
  for (const [i, one] of chosen.entries()) {
    if (stop.requested) break;
    if (i > 0 && !flags.json) printFound(['']);
    const matrix = await matrixOf(one, flags, stop);
    codes.push(matrix.code);
    results.push(...matrix.results);
    problems.push(...matrix.broken);
  }
  if (flags.json) printJson(reportDocument(results, [...unread, ...problems]));
  else {
    for (const { problem } of unread) printError(problemLines(problem, errorLook()));
  }
  if (unread.length > 0) codes.push(exitCodes.wrongUsage);
  if (stop.requested) codes.push(exitCodes.undecided);
  return worstOf(codes);
}

/** The matrix of one scenario. It is printed, unless all matrices become one document. */
async function matrixOf(chosen: SelectedScenario, flags: MatrixFlags, stop: Stop) {
  const { scenario } = chosen;
  const axes = axesOf(scenario, flags.set, 'all');
  const asked = combinations(axes);
  const { points, results, broken } = await searchAll(chosen, asked, flags, stop);
  if (!flags.json) {
    const shown = Object.keys(shownPoint(scenario, asked[0] ?? {}));
    const visible = axes.filter(({ name, values }) => values.length > 1 || shown.includes(name));
    printFound(matrixLines({ scenario: scenario.name, axes: visible, points }, outputLook()));
  }
  for (const { problem } of flags.json ? [] : broken) {
    printError(problemLines(problem, errorLook()));
  }
  if (points.every(({ refused }) => refused !== undefined)) {
    printError([`nothing was checked: '${scenario.name}' refuses every point that was asked for`]);
  }
  const isSilent = results.some(({ result }) =>
    asksNothing({ result, stated: expectationAt(scenario, result.parameters) !== undefined }),
  );
  if (isSilent) printError([NOTHING_ASKED]);
  const codes = [codeOf(points, results, broken), ...(isSilent ? [exitCodes.wrongUsage] : [])];
  return { code: worstOf(codes), results, broken };
}

interface Searches {
  /** One for each requested point, in the same order. */
  readonly points: readonly GridPoint[];
  readonly results: readonly TimedResult[];
  readonly broken: readonly BrokenCheck[];
}

/** Searches every point that the scenario does not refuse, until Ctrl-C. Throws CliUsageError. */
async function searchAll(
  chosen: SelectedScenario,
  asked: readonly AnyPoint[],
  flags: MatrixFlags,
  stop: Stop,
): Promise<Searches> {
  const { scenario } = chosen;
  const points = asked.map((parameters): GridPoint => {
    const refused = scenario.refuses(parameters);
    return refused === undefined ? { parameters } : { parameters, refused };
  });
  const results: TimedResult[] = [];
  const broken: BrokenCheck[] = [];
  const jobs = points.flatMap(({ parameters, refused }, index) =>
    refused === undefined ? [{ ...chosen, point: parameters, index }] : [],
  );
  const optionsOf = ({ point }: Job) => ({
    ...searchOptions(flags, scenario, point),
    copy: () => copyOf(chosen),
  });
  const cache = flags.cache === undefined ? undefined : new VerdictCache(flags.cache);
  for await (const { job, searched, problem } of runJobs(jobs, optionsOf, stop, { cache })) {
    const parameters = job.point;
    if (problem !== undefined) broken.push({ scenario: scenario.name, parameters, problem });
    const isWorthIt = problem === undefined || searched?.result.verdict === 'violated';
    if (searched !== undefined && isWorthIt) {
      results.push({ ...searched, extras: factsOf(job) });
      points[job.index] = { parameters, result: searched.result };
    } else points[job.index] = { parameters, broken: true };
  }
  const notes = cache?.notes() ?? [];
  if (notes.length > 0) printError(notes);
  return { points, results, broken };
}

function codeOf(
  points: readonly GridPoint[],
  results: readonly TimedResult[],
  broken: readonly BrokenCheck[],
): ExitCode {
  const open = points.some(({ result, refused }) => !result?.complete && refused === undefined);
  const missed = results.some(({ result }) => result.asExpected === false);
  return worstOf([
    ...broken.map(() => exitCodes.wrongUsage),
    ...results.map(() => exitCodes.asExpected),
    ...(missed ? [exitCodes.notAsExpected] : []),
    ...(open ? [exitCodes.undecided] : []),
  ]);
}
