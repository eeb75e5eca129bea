import { expectationAt } from '../../checker/evaluate/point.ts';
import { combinations, type GridPoint } from '../../report/grid.ts';
import { matrixLines } from '../../report/matrix-text.ts';
import { problemLines } from '../../report/problem-text.ts';
import { type BrokenCheck, reportDocument, type TimedResult } from '../../report/report-json.ts';
import { NOTHING_ASKED } from '../../report/result-text.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import { axesOf } from '../arguments/settings.ts';
import { findScenario, type SelectedScenario } from '../loading/find-scenarios.ts';
import { copyOf } from '../loading/second-copy.ts';
import { factsOf } from '../searching/job-facts.ts';
import type { Job } from '../searching/jobs.ts';
import { runJobs } from '../searching/run-jobs.ts';
import { asksNothing, type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, printError, printFound, printJson } from '../system/terminal.ts';
import type { MatrixFlags } from './matrix.ts';
import { searchOptions } from './search-options.ts';

/**
 * `racewright matrix`. Violations that no expectation speaks of are what a matrix is there to show,
 * so they are no failure here; contradicted expectations are. Throws CliUsageError, and what a
 * broken model makes the checker throw.
 */
export async function matrixCommand(name: string, flags: MatrixFlags): Promise<ExitCode> {
  const chosen = await findScenario(name);
  const { scenario } = chosen;
  const axes = axesOf(scenario, flags.set, 'all');
  const asked = combinations(axes);
  const { points, results, broken } = await searchAll(chosen, asked, flags);
  if (flags.json) printJson(reportDocument(results, broken));
  else {
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
  return worstOf([codeOf(points, results, broken), ...(isSilent ? [exitCodes.wrongUsage] : [])]);
}

interface Searches {
  /** One for each point that was asked for, in the same order. */
  readonly points: readonly GridPoint[];
  readonly results: readonly TimedResult[];
  readonly broken: readonly BrokenCheck[];
}

/** Searches every point that the scenario does not refuse, until Ctrl-C. Throws CliUsageError. */
async function searchAll(
  chosen: SelectedScenario,
  asked: readonly AnyPoint[],
  flags: MatrixFlags,
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
  for await (const { job, searched, problem } of runJobs(jobs, optionsOf, stopOnSignal())) {
    const parameters = job.point;
    if (problem !== undefined) broken.push({ scenario: scenario.name, parameters, problem });
    const isWorthIt = problem === undefined || searched?.result.verdict === 'violated';
    if (searched !== undefined && isWorthIt) {
      results.push({ ...searched, extras: factsOf(job) });
      points[job.index] = { parameters, result: searched.result };
    } else points[job.index] = { parameters, broken: true };
  }
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
