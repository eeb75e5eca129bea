import { explain, knownRuns } from '../../checker/explain/explain.ts';
import { ShortestRuns } from '../../checker/explain/shortest-runs.ts';
import { failingAt } from '../../checker/properties/failing-at.ts';
import type { PropertyResult, Trace } from '../../checker/result/result.ts';
import { graphOf } from '../../checker/runs/graph.ts';
import { recipesOf } from '../../checker/runs/recipes.ts';
import type { WhyRecord } from '../../report/document.ts';
import type { TimedResult } from '../../report/report-json.ts';
import { whyRecord } from '../../report/why-text.ts';
import { sourcesOf } from '../loading/step-sources.ts';
import { factsOf } from './job-facts.ts';
import type { Job } from './jobs.ts';

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

/**
 * The result with the reasons of each counterexample, the places of its steps, and the properties
 * that fail in each state. The counterexamples are replaced by equally short ones with fewer
 * switches between processes. Throws a SpecError when the model is broken.
 */
export function explainResult(job: Job, timed: TimedResult, wanted: Wanted): TimedResult {
  const { scenario, point } = job;
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
  const violated = timed.result.properties.filter(({ verdict }) => verdict === 'violated');
  const known = knownRuns(scenario, violated, options);
  const clear = (property: PropertyResult, trace: Trace): Trace => {
    const shortestRuns = wanted.areShortest ? runsFrom(trace.initIndex) : undefined;
    const asked = { ...options, smallerStatesMax, shortestRuns, known };
    const explained = explain(scenario, property, trace, asked);
    if (explained === undefined) return trace;
    why.set(explained.trace, whyRecord(explained, point, trace));
    return explained.trace;
  };
  const properties = timed.result.properties.map((property): PropertyResult => {
    const { verdict, trace, others } = property;
    if (verdict !== 'violated' || trace === undefined) return property;
    const further = others?.map((other) => ({ ...other, trace: clear(property, other.trace) }));
    return {
      ...property,
      trace: clear(property, trace),
      ...(further === undefined ? {} : { others: further }),
    };
  });
  const traces = properties.flatMap(({ trace, others = [] }) => [
    ...(trace === undefined ? [] : [trace]),
    ...others.map((other) => other.trace),
  ]);
  const graph =
    wanted.graph && timed.result.states <= graphStatesMax
      ? graphOf(scenario, { ...options, statesMax: graphStatesMax })
      : undefined;
  const extras = {
    ...factsOf(job),
    graph,
    why,
    fails: new Map(traces.map((trace) => [trace, failsAlong(job, trace)])),
    sources: sourcesOf(recipesOf(scenario, traces, options)),
  };
  return { ...timed, result: { ...timed.result, properties }, extras };
}

/** The properties that fail in each state of the run, beginning with the initial one. */
function failsAlong({ scenario, point }: Job, trace: Trace): readonly (readonly string[])[] {
  const system = scenario.system(point);
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
