import { setImmediate } from 'node:timers/promises';
import { expectationAt } from '../../checker/evaluate/point.ts';
import type { Progress } from '../../checker/result/options.ts';
import { combinations, type GridPoint } from '../../report/grid.ts';
import { matrixLines } from '../../report/matrix-text.ts';
import { problemLines } from '../../report/problem-text.ts';
import { progressText } from '../../report/progress-text.ts';
import { type BrokenCheck, reportDocument, type TimedResult } from '../../report/report-json.ts';
import { NOTHING_ASKED } from '../../report/result-text.ts';
import { shownPoint } from '../../report/shown-point.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { type SearchFlags, searchOptions } from '../arguments/search-options.ts';
import { axesOf } from '../arguments/settings.ts';
import { findScenario } from '../loading/find-scenarios.ts';
import { copyOf } from '../loading/second-copy.ts';
import { factsOf } from '../searching/job-facts.ts';
import { problemAt, problemFrom } from '../searching/problem.ts';
import { foundBefore, runSearch } from '../searching/run-search.ts';
import { asksNothing, type ExitCode, exitCodes, worstOf } from '../system/exit-code.ts';
import { makeMeter } from '../system/meter.ts';
import { stopOnSignal } from '../system/stop.ts';
import { errorLook, outputLook, printError, printFound, printJson } from '../system/terminal.ts';

export interface MatrixFlags extends SearchFlags {
  readonly set: readonly string[];
  readonly json?: true | undefined;
}

/**
 * `racewright matrix`. Violations that no expectation speaks of are what a matrix is there to show,
 * so they are no failure here; contradicted expectations are. Throws CliUsageError, and what a
 * broken model makes the checker throw.
 */
export async function matrixCommand(name: string, flags: MatrixFlags): Promise<ExitCode> {
  const chosen = await findScenario(name);
  const { scenario } = chosen;
  const axes = axesOf(scenario, flags.set, 'all');
  const stop = stopOnSignal();
  const meter = makeMeter();
  const results: TimedResult[] = [];
  const broken: BrokenCheck[] = [];
  const asked = combinations(axes);
  const check = async (parameters: AnyPoint, index: number): Promise<GridPoint> => {
    const refused = scenario.refuses(parameters);
    if (refused !== undefined) return { parameters, refused };
    if (stop.requested) return { parameters };
    const options = {
      ...searchOptions(flags, scenario, parameters),
      copy: () => copyOf(chosen),
    };
    const place = { name: scenario.name, number: index + 1, of: asked.length };
    const note = (timed: TimedResult): GridPoint => {
      results.push({
        ...timed,
        extras: factsOf({ scenario, requestedName: name, point: parameters }),
      });
      return { parameters, result: timed.result };
    };
    try {
      const show = (progress: Progress, seconds: number) =>
        meter.show((width) => progressText({ ...place, progress, seconds }, width));
      return note(await runSearch(scenario, options, stop, show));
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      const problem = problemAt({ scenario, point: parameters }, problemFrom(error));
      broken.push({ scenario: scenario.name, parameters, problem });
      const found = foundBefore(error);
      return found?.result.verdict === 'violated' ? note(found) : { parameters, broken: true };
    }
  };
  const points: GridPoint[] = [];
  try {
    for (const [i, parameters] of asked.entries()) {
      points.push(await check(parameters, i));
      // Small searches end before signals and timers get their turn.
      await setImmediate();
    }
  } finally {
    meter.clear();
  }
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
