import { expectationAt } from '../../checker/evaluate/point.ts';
import { type Axis, combinations, type GridPoint } from '../../report/grid.ts';
import { matrixLines } from '../../report/matrix-text.ts';
import { problemLines } from '../../report/problem-text.ts';
import { type BrokenCheck, reportDocument, type TimedResult } from '../../report/report-json.ts';
import { NOTHING_ASKED } from '../../report/result-text.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { axesOf } from '../arguments/settings.ts';
import type { Shard } from '../arguments/shard.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { findProject } from '../loading/config-file.ts';
import { copyOf } from '../loading/second-copy.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import type { Executor } from '../machines/plan.ts';
import { outcomesFrom, planOfJobs } from '../machines/plan-of-jobs.ts';
import { writePart } from '../machines/write-part.ts';
import { factsOf } from '../searching/job-facts.ts';
import type { Job } from '../searching/jobs.ts';
import { problemFrom } from '../searching/problem.ts';
import { runJobs } from '../searching/run-jobs.ts';
import type { Outcome } from '../searching/run-one.ts';
import { VerdictCache } from '../searching/verdict-cache.ts';
import { asksNothing, type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { type Stop, stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, printError, printFound, printJson } from '../system/terminal.ts';
import { elsewhereFor } from './elsewhere.ts';
import { searchKind } from './job-kinds.ts';
import type { MatrixFlags } from './matrix.ts';
import { searchOptions } from './search-options.ts';
import { withBounds } from './with-defaults.ts';

/** The outcomes of points, in order. */
type RunAll = (jobs: readonly Job[], stop: Stop) => AsyncIterator<Outcome & { readonly job: Job }>;

/**
 * `racewright matrix`. A matrix is there to show violations, so only a contradicted expectation
 * counts as a failure. Throws CliUsageError, and a SpecError for a broken model. With `elsewhere`
 * the searches are done there.
 */
export async function matrixCommand(
  names: readonly string[],
  given: MatrixFlags,
  executor?: Executor,
): Promise<ExitCode> {
  const flags = withBounds(given, await findProject());
  const elsewhere = await elsewhereFor(executor, flags);
  const { chosen, broken } = await chooseScenarios(names, { cloud: flags.cloud });
  const [first] = broken;
  if (first !== undefined && chosen.length === 0) throw first.error;
  const unread = broken.map(({ name, error }) => ({
    scenario: name,
    parameters: {},
    problem: problemFrom(error),
  }));
  const grids = chosen.map((one) => gridOf(one, flags));
  if (elsewhere === undefined && flags.shard !== undefined) {
    const code = await shardOf(grids, flags, flags.shard);
    for (const { problem } of unread) printError(problemLines(problem, errorLook()));
    return unread.length > 0 ? worstOf([code, exitCodes.wrongUsage]) : code;
  }
  const stop = stopOnSignal();
  const kind = searchKind(flags);
  const runAll: RunAll =
    elsewhere === undefined
      ? (jobs) => searches(jobs, flags, stop)
      : (jobs) => outcomesFrom(jobs, kind, elsewhere, stop);
  // What is known elsewhere is shown, also after Ctrl-C.
  const isOver = () => stop.requested && elsewhere === undefined;
  const code = await show(
    grids,
    unread,
    flags,
    runAll(
      grids.flatMap(({ jobs }) => jobs),
      stop,
    ),
    isOver,
  );
  return stop.requested ? worstOf([code, exitCodes.undecided]) : code;
}

/** Prints each matrix as soon as it is known, or all of them as one document. */
async function show(
  grids: readonly Grid[],
  unread: readonly BrokenCheck[],
  flags: MatrixFlags,
  outcomes: ReturnType<RunAll>,
  isOver: () => boolean,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  const results: TimedResult[] = [];
  const problems: BrokenCheck[] = [];
  for (const [i, grid] of grids.entries()) {
    if (isOver()) break;
    if (i > 0 && !flags.json) printFound(['']);
    const matrix = matrixOf(grid, await searched(grid, outcomes), flags);
    codes.push(matrix.code);
    results.push(...matrix.results);
    problems.push(...matrix.broken);
  }
  await outcomes.return?.();
  if (flags.json) printJson(reportDocument(results, [...unread, ...problems]));
  else {
    for (const { problem } of unread) printError(problemLines(problem, errorLook()));
  }
  if (unread.length > 0) codes.push(exitCodes.wrongUsage);
  return worstOf(codes);
}

/** The points of one scenario that are asked for, and searches of those that are not refused. */
interface Grid {
  readonly scenario: Scenario;
  readonly axes: readonly Axis[];
  readonly points: readonly GridPoint[];
  readonly jobs: readonly (Job & { readonly index: number })[];
}

/** Throws CliUsageError. */
function gridOf(chosen: SelectedScenario, flags: MatrixFlags): Grid {
  const { scenario } = chosen;
  const axes = axesOf(scenario, flags.set, 'all');
  const points = combinations(axes).map((parameters): GridPoint => {
    const refused = scenario.refuses(parameters);
    return refused === undefined ? { parameters } : { parameters, refused };
  });
  const jobs = points.flatMap(({ parameters, refused }, index) =>
    refused === undefined ? [{ ...chosen, point: parameters, index }] : [],
  );
  return { scenario, axes, points, jobs };
}

/** Does one part of the searches, and prints it. */
async function shardOf(
  grids: readonly Grid[],
  flags: MatrixFlags,
  shard: Shard,
): Promise<ExitCode> {
  const jobs = grids.flatMap((grid) => grid.jobs);
  const { plan, broken } = await planOfJobs(jobs, searchKind(flags));
  const begun = jobs.filter((job) => !broken.has(job));
  const code = await writePart(plan, shard, ({ searched, problem }, task) => {
    const scenario = begun[task]?.scenario;
    if (problem !== undefined || scenario === undefined) return exitCodes.wrongUsage;
    const results = searched === undefined ? [] : [searched];
    return worstOf([
      codeOf(
        results.map(({ result }) => ({ parameters: result.parameters, result })),
        results,
        [],
      ),
      ...(isSilent(scenario, results) ? [exitCodes.wrongUsage] : []),
    ]);
  });
  return broken.size > 0 ? worstOf([code, exitCodes.wrongUsage]) : code;
}

/** The matrix of one scenario. It is printed, unless all matrices become one document. */
function matrixOf({ scenario, axes }: Grid, found: Searches, flags: MatrixFlags) {
  const { points, results, broken } = found;
  if (!flags.json) {
    const shown = Object.keys(shownPoint(scenario, points[0]?.parameters ?? {}));
    const visible = axes.filter(({ name, values }) => values.length > 1 || shown.includes(name));
    printFound(matrixLines({ scenario: scenario.name, axes: visible, points }, outputLook()));
  }
  for (const { problem } of flags.json ? [] : broken) {
    printError(problemLines(problem, errorLook()));
  }
  if (points.every(({ refused }) => refused !== undefined)) {
    printError([`nothing was checked: '${scenario.name}' refuses every point that was asked for`]);
  }
  const silent = isSilent(scenario, results);
  if (silent) printError([NOTHING_ASKED]);
  const codes = [codeOf(points, results, broken), ...(silent ? [exitCodes.wrongUsage] : [])];
  return { code: worstOf(codes), results, broken };
}

const isSilent = (scenario: Scenario, results: readonly TimedResult[]): boolean =>
  results.some(({ result }) =>
    asksNothing({ result, stated: expectationAt(scenario, result.parameters) !== undefined }),
  );

interface Searches {
  /** One for each requested point, in the same order. */
  readonly points: readonly GridPoint[];
  readonly results: readonly TimedResult[];
  readonly broken: readonly BrokenCheck[];
}

/** What is found at the points of one scenario. A point that was not searched stays open. */
async function searched(
  { scenario, points: asked, jobs }: Grid,
  outcomes: ReturnType<RunAll>,
): Promise<Searches> {
  const points = [...asked];
  const results: TimedResult[] = [];
  const broken: BrokenCheck[] = [];
  for (const job of jobs) {
    const { done, value } = await outcomes.next();
    if (done === true) break;
    const { searched, problem } = value;
    const parameters = job.point;
    if (problem !== undefined) broken.push({ scenario: scenario.name, parameters, problem });
    const isWorthIt = problem === undefined || searched?.result.verdict === 'violated';
    if (searched !== undefined && isWorthIt) {
      results.push({ ...searched, extras: factsOf(job) });
      points[job.index] = { parameters, result: searched.result };
    } else if (problem !== undefined) points[job.index] = { parameters, broken: true };
  }
  return { points, results, broken };
}

/** Searches one point after another, until Ctrl-C. Throws CliUsageError. */
async function* searches(
  jobs: readonly Job[],
  flags: MatrixFlags,
  stop: Stop,
): AsyncGenerator<Outcome & { readonly job: Job }> {
  const optionsOf = (job: Job) => ({
    ...searchOptions(flags, job.scenario, job.point),
    copy: () => copyOf(job),
  });
  const cache = flags.cache === undefined ? undefined : new VerdictCache(flags.cache);
  yield* runJobs(jobs, optionsOf, stop, { cache });
  const notes = cache?.notes() ?? [];
  if (notes.length > 0) printError(notes);
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
