import { waitsAfter } from '../checker/ends/after-run.ts';
import { explain, knownRuns } from '../checker/explain/explain.ts';
import { ShortestRuns } from '../checker/explain/shortest-runs.ts';
import { failingAt } from '../checker/properties/failing-at.ts';
import { withTrace } from '../checker/properties/with-trace.ts';
import type { PropertyResult, Trace } from '../checker/result/result.ts';
import { graphOf } from '../checker/runs/graph.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { AnySystem } from '../spec/system.ts';
import type { WhyRecord } from './document.ts';
import type { TimedResult } from './report-json.ts';
import { whyRecord } from './why-text.ts';

/** A graph of more states is not worth its file. */
const graphStatesMax = 10_000;
/** The largest number of states of a search at smaller parameters. */
const smallerStatesMax = 50_000;

/** The largest number of states in the search for the shortest run with the fewest switches. */
const shortestStatesMax = 20_000;

/** What the reports need beside the result. */
export interface Wanted {
  readonly faults: { readonly [name: string]: number } | undefined;
  readonly graph: boolean;
  /** True where a breadth-first search made the counterexamples, so that they are the shortest. */
  readonly areShortest: boolean;
}

/** The scenario and the point of a result. */
export interface Explained {
  readonly scenario: Scenario;
  readonly point: AnyPoint;
}

/**
 * The result with the reasons of each counterexample, and the properties that fail in each state.
 * The counterexamples are replaced by equally short ones with fewer switches between processes.
 * Throws a SpecError when the model is broken.
 */
export function withReasons(explained: Explained, timed: TimedResult, wanted: Wanted): TimedResult {
  const { scenario, point } = explained;
  const { faults } = wanted;
  const options = { parameters: point, ...(faults === undefined ? {} : { faults }) };
  const why = new Map<Trace, WhyRecord>();
  const shortest = new Map<number, ShortestRuns>();
  const runsFrom = (init: number): ShortestRuns => {
    const before = shortest.get(init);
    if (before !== undefined) return before;
    const runs = new ShortestRuns(scenario, init, { ...options, statesMax: shortestStatesMax });
    shortest.set(init, runs);
    return runs;
  };
  const system = scenario.system(point);
  const violated = timed.result.properties.filter(({ verdict }) => verdict === 'violated');
  const known = knownRuns(scenario, violated, options);
  const clear = (property: PropertyResult, trace: Trace): Trace => {
    const shortestRuns = wanted.areShortest ? runsFrom(trace.initIndex) : undefined;
    const asked = { ...options, smallerStatesMax, shortestRuns, known };
    const found = explain(scenario, property, trace, asked);
    if (found === undefined) return trace;
    why.set(found.trace, whyRecord(found, point, trace));
    return found.trace;
  };
  const properties = timed.result.properties.map((property): PropertyResult => {
    const { verdict, trace, others } = property;
    if (verdict !== 'violated' || trace === undefined) return property;
    const run = clear(property, trace);
    const ends = () => (property.kind === 'deadlock' ? knownWaits(scenario, run, options) : {});
    const shown = run === trace ? property : { ...withRun(property, run, system), ...ends() };
    const { name, kind } = property;
    const asked = { name, kind, verdict };
    const further = others?.map((other) => {
      const way = clear(property, other.trace);
      return way === other.trace ? other : wayOf(withRun({ ...asked, ...other }, way, system));
    });
    return { ...shown, ...(further === undefined ? {} : { others: further }) };
  });
  const traces = tracesOf(properties);
  const graph =
    wanted.graph && timed.result.states <= graphStatesMax
      ? graphOf(scenario, { ...options, statesMax: graphStatesMax })
      : undefined;
  const extras = {
    graph,
    why,
    fails: new Map(traces.map((trace) => [trace, failsAlong(system, trace)])),
  };
  return { ...timed, result: { ...timed.result, properties }, extras };
}

/** A result with an equally short counterexample. */
function withRun(result: PropertyResult, run: Trace, { properties = [] }: AnySystem) {
  const asked = properties.find(({ name }) => name === result.name);
  return { ...withTrace(result, asked, run), trace: run };
}

/** Of a result what is said of one of several counterexamples. */
const wayOf = ({ trace, failingPart, read }: PropertyResult & { readonly trace: Trace }) => ({
  trace,
  ...(failingPart === undefined ? {} : { failingPart }),
  ...(read === undefined ? {} : { read }),
});

/** Who waits for what at the end of the run. An error of the model beyond it costs only this. */
function knownWaits(
  scenario: Scenario,
  run: Trace,
  options: ReplayOptions,
): Pick<PropertyResult, 'waits'> {
  try {
    return waitsAfter(scenario, run, options);
  } catch {
    return {};
  }
}

/** The counterexamples of the properties, the further ones of each after its first. */
export function tracesOf(properties: readonly PropertyResult[]): readonly Trace[] {
  return properties.flatMap(({ trace, others = [] }) => [
    ...(trace === undefined ? [] : [trace]),
    ...others.map((other) => other.trace),
  ]);
}

/** The properties that fail in each state of the run, beginning with the initial one. */
function failsAlong(system: AnySystem, trace: Trace): readonly (readonly string[])[] {
  const names = (failing: ReturnType<typeof failingAt>): string[] =>
    failing.map(({ property }) => property.name);
  return [
    names(failingAt(system, trace.init)),
    ...trace.steps.map((step, i) => {
      const before = trace.steps[i - 1]?.state ?? trace.init;
      return names(failingAt(system, step.state, { before, step }));
    }),
  ];
}
