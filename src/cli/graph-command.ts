import { writeFileSync } from 'node:fs';
import { graphOf } from '../checker/graph.ts';
import { pointOf } from '../checker/point.ts';
import { neighbourhoodOf } from '../explorer/neighbourhood.ts';
import { dotOf, drawnStatesMax } from '../report/formats/dot.ts';
import type { StateGraph } from '../report/formats/state-graph.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { findScenario } from './find-scenarios.ts';
import { runSearch, stopOnSignal } from './run-search.ts';
import { pointsOf } from './settings.ts';
import { printError } from './terminal.ts';
import { WrongUsage } from './wrong-usage.ts';

export interface GraphFlags {
  readonly set: readonly string[];
  readonly svg?: true | undefined;
  readonly output?: string | undefined;
  readonly around?: true | undefined;
}

/** `racewright graph`: the whole state graph, or the states around a counterexample. Throws WrongUsage when it is too large. */
export async function graphCommand(name: string, flags: GraphFlags): Promise<ExitCode> {
  const { scenario } = await findScenario(name);
  const [given = {}, ...others] = pointsOf(scenario, flags.set);
  if (others.length > 0) {
    throw new WrongUsage({
      what: 'a graph is drawn at one point only',
      mend: 'Give each parameter one value.',
    });
  }
  const point = pointOf(scenario, given);
  const graph =
    flags.around === undefined ? wholeGraph(scenario, point) : await graphAround(scenario, point);
  const part = flags.around === undefined ? 'all' : 'the counterexample and one step around it';
  printError([`${part}: ${legendOf(graph)}`]);
  const dot = dotOf(graph);
  write(flags.svg ? await svgOf(dot) : dot, flags.output);
  return exitCodes.asExpected;
}

function wholeGraph(scenario: Scenario, parameters: AnyPoint): StateGraph {
  const graph = graphOf(scenario, { parameters, statesMax: drawnStatesMax });
  if (graph !== undefined) return { name: scenario.name, ...graph };
  throw new WrongUsage({
    what: `scenario '${scenario.name}' has more than ${drawnStatesMax} states here, which is too large to draw`,
    mend: 'Say --around to draw the states around the first counterexample, or take smaller parameters with --set.',
  });
}

/** The states of the first counterexample, and those that one step from them leads to. */
async function graphAround(scenario: Scenario, parameters: AnyPoint): Promise<StateGraph> {
  const { result } = await runSearch(scenario, { parameters }, stopOnSignal(), () => undefined);
  const found = result.properties.find(
    ({ verdict, trace }) => verdict === 'violated' && trace !== undefined,
  );
  if (found?.trace === undefined) {
    throw new WrongUsage({
      what: `scenario '${scenario.name}' has no counterexample here to draw the neighbourhood of`,
      mend: 'Leave --around out, or set other parameters.',
    });
  }
  return { name: scenario.name, ...neighbourhoodOf(scenario, parameters, found.trace) };
}

/** What the colours mean, and how many states there are of each kind. */
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

function write(text: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new WrongUsage({
      what: `cannot write '${file}': ${error instanceof Error ? error.message : String(error)}`,
      mend: 'Name a file in a folder that can be written to.',
    });
  }
}
