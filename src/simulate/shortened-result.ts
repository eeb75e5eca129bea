import { afterRun } from '../checker/ends/after-run.ts';
import { failingAt } from '../checker/properties/failing-at.ts';
import { withTrace } from '../checker/properties/with-trace.ts';
import type { PropertyResult, Trace } from '../checker/result/result.ts';
import type { FoundBy } from '../checker/result/simulated.ts';
import { traceOfEdges } from '../checker/search/trace.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { FoundRun } from './found.ts';
import { goalOf } from './goal.ts';
import type { KnownGraph } from './known-graph.ts';
import { shorten } from './shorten.ts';
import { lastOf } from './ways.ts';

/** The largest number of states that are looked at to find the processes that wait for ever. */
const followersMax = 1_000;

interface Facts {
  readonly scenario: Scenario;
  readonly graph: KnownGraph;
  readonly shorteningStatesMax: number;
}

interface ShortenedResult {
  readonly property: PropertyResult;
  /** Undefined for a property that is not violated. */
  readonly found: FoundBy | undefined;
}

/** A violated property with a counterexample that is made from the run that came to it. */
export function shortenedResult(
  { scenario, graph, shorteningStatesMax }: Facts,
  property: PropertyResult,
  found: FoundRun | undefined,
): ShortenedResult {
  if (property.verdict !== 'violated') return { property, found: undefined };
  if (found === undefined) return { property, found: { minimal: 'no' } };
  const { run } = found;
  const { system } = graph.parts;
  const asked = system.properties?.find(({ name }) => name === property.name);
  const whole = { start: found.init, edges: found.edges };
  const goal = goalOf(graph, asked, lastOf(graph, whole));
  const short = goal && shorten(graph, whole, goal, shorteningStatesMax);
  const steps = found.edges.length + (goal?.step === undefined ? 0 : 1);
  if (goal === undefined || short === undefined) {
    return { property, found: { run, steps, minimal: 'no' } };
  }
  const last = goal.step?.(lastOf(graph, short.way));
  const extra = last === undefined ? 0 : 1;
  const { machine, edges } = graph;
  const trace = traceOfEdges(machine, edges, short.way.start, short.way.edges, last);
  return {
    property: {
      ...withTrace(property, asked, trace),
      ...failingPart(graph, property, trace),
      ...(asked === undefined ? waits(scenario, graph, trace) : {}),
    },
    found: { run, steps, causal: short.causal + extra, minimal: short.minimal },
  };
}

function failingPart(
  { parts }: KnownGraph,
  { name, failingPart: before }: PropertyResult,
  trace: Trace,
): Pick<PropertyResult, 'failingPart'> {
  const world = trace.steps.at(-1)?.state ?? trace.init;
  const { properties = [] } = parts.system;
  const one = { ...parts.system, properties: properties.filter((each) => each.name === name) };
  const [failing] = failingAt(one, world);
  const part = failing === undefined ? before : failing.part;
  return part === undefined ? {} : { failingPart: part };
}

function waits(
  scenario: Scenario,
  { options }: KnownGraph,
  trace: Trace,
): Pick<PropertyResult, 'waits'> {
  const { waits: found } = afterRun(scenario, trace, options, followersMax);
  return found.length === 0 ? {} : { waits: found };
}
