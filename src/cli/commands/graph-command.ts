import { pointOf } from '../../checker/evaluate/point.ts';
import type { CheckOptions } from '../../checker/result/options.ts';
import type { Trace } from '../../checker/result/result.ts';
import { graphOf } from '../../checker/runs/graph.ts';
import { neighbourhoodOf } from '../../explorer/neighbourhood.ts';
import { dotOf, drawnStatesMax } from '../../report/formats/dot.ts';
import type { StateGraph } from '../../report/formats/state-graph.ts';
import { problemLines } from '../../report/problem-text.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { faultBudgets } from '../arguments/fault-budgets.ts';
import { refuseSameFile } from '../arguments/same-file.ts';
import { pointsOf } from '../arguments/settings.ts';
import { fileOf, findScenario } from '../loading/find-scenarios.ts';
import { writeText } from '../reports/write-report.ts';
import { bounded } from '../searching/bounded.ts';
import { problemFrom } from '../searching/problem.ts';
import { foundBefore, runSearch } from '../searching/run-search.ts';
import type { Searched } from '../searching/search-run.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { stopOnSignal } from '../system/stop.ts';
import { errorLook, printError } from '../system/terminal.ts';
import type { GraphFlags } from './graph.ts';

/**
 * `racewright graph`: the whole state graph, or the states around a counterexample. Throws
 * CliUsageError when the graph is too large.
 */
export async function graphCommand(name: string, flags: GraphFlags): Promise<ExitCode> {
  refuseSameFile([{ name: 'graph', file: flags.output }], [fileOf(name)]);
  const { scenario } = await findScenario(name, flags.cloud);
  const [given = {}, ...others] = pointsOf(scenario, flags.set);
  if (others.length > 0) {
    throw new CliUsageError({
      what: 'a graph is drawn at one point only',
      mend: 'Give each parameter one value.',
    });
  }
  const parameters = pointOf(scenario, given);
  const asked: Asked = {
    parameters,
    ...(flags.faults === undefined
      ? {}
      : { faults: faultBudgets(scenario, parameters, flags.faults) }),
  };
  const { graph, problem } =
    flags.around === undefined
      ? { graph: wholeGraph(scenario, asked), problem: undefined }
      : await graphAround(scenario, asked);
  const part = flags.around === undefined ? 'all' : 'the counterexample and one step around it';
  printError([`${part}: ${legendOf(graph)}`]);
  const dot = dotOf(graph);
  writeText(flags.svg ? await svgOf(dot) : dot, flags.output);
  if (problem === undefined) return exitCodes.asExpected;
  printError(problemLines(problem, errorLook()));
  return exitCodes.wrongUsage;
}

/** One point, and the budgets of faults that replace the scenario's own. */
type Asked = Pick<CheckOptions, 'faults'> & { readonly parameters: AnyPoint };

function wholeGraph(scenario: Scenario, asked: Asked): StateGraph {
  const draw = () => graphOf(scenario, { ...asked, statesMax: drawnStatesMax });
  const graph = bounded(draw, 'the search for the states');
  if (graph !== undefined) return { name: scenario.name, ...graph };
  throw new CliUsageError({
    what: `scenario '${scenario.name}' has more than ${drawnStatesMax} states at this point, which is too large to draw`,
    mend: 'Give --around to draw the states around the first counterexample, or smaller parameters with --set.',
  });
}

/** The states of the first counterexample, and those that one step from them leads to. */
async function graphAround(scenario: Scenario, asked: Asked): Promise<Around> {
  const { trace, error } = await firstViolation(scenario, asked);
  if (trace === undefined && error !== undefined) throw error;
  if (trace === undefined) {
    throw new CliUsageError({
      what: `scenario '${scenario.name}' has no counterexample at this point, so there is no neighbourhood to draw`,
      mend: 'Leave --around out, or set other parameters.',
    });
  }
  const draw = () => neighbourhoodOf(scenario, asked, trace);
  const graph = { name: scenario.name, ...bounded(draw, 'the search around the counterexample') };
  return { graph, problem: error === undefined ? undefined : problemFrom(error) };
}

/** A graph, and the error that ended its search, if one did. */
interface Around {
  readonly graph: StateGraph;
  readonly problem: SpecProblem | undefined;
}

async function firstViolation(scenario: Scenario, asked: Asked) {
  const traceIn = (found: Searched | undefined): Trace | undefined =>
    found?.result.properties.find(
      ({ verdict, trace }) => verdict === 'violated' && trace !== undefined,
    )?.trace;
  try {
    const found = await runSearch(scenario, asked, stopOnSignal(), () => undefined);
    return { trace: traceIn(found), error: undefined };
  } catch (error) {
    return { trace: traceIn(foundBefore(error)), error };
  }
}

/** The meaning of the colours, and the number of states of each kind. */
function legendOf({ states, initial, violating, deadlocked, edges }: StateGraph): string {
  return [
    `${states} states, ${edges.length} steps`,
    `${initial.length} initial (bold rim)`,
    `${violating.length} violating (red)`,
    `${deadlocked.length} deadlocked (orange)`,
  ].join('; ');
}

async function svgOf(dot: string): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  return (await Graphviz.load()).layout(dot, 'svg', 'dot');
}
