import type { Trace } from '../checker/result/result.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import { type Candidate, stepperFor, type Vector } from '../checker/runs/stepper.ts';
import { traceOfEdges } from '../checker/search/trace.ts';
import { KnownGraph } from '../simulate/known-graph.ts';
import { nearest } from '../simulate/ways.ts';
import type { Parameters } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { checkSteps } from './points.ts';

export interface EveryRunOptions<P extends Parameters = Parameters> extends ReplayOptions<P> {
  /** The number of steps at which a run is cut; 20 by default. */
  readonly stepsMax?: number;
}

/**
 * Every run of a scenario, one after another: each ends where nothing is enabled, or after
 * `stepsMax` steps. There may be very many, so stop when you have enough. Throws a SpecError when
 * the model is broken.
 */
export function everyRun<P extends Parameters>(
  scenario: Scenario<P>,
  options?: EveryRunOptions<NoInfer<P>>,
): Generator<Trace, undefined>;
export function* everyRun(
  scenario: Scenario,
  { stepsMax = 20, ...options }: EveryRunOptions = {},
): Generator<Trace, undefined> {
  const most = checkSteps(stepsMax);
  const { stepper, initial } = stepperFor(scenario, options);
  for (const [index, init] of initial.entries()) {
    if (index !== (options.init ?? index)) continue;
    const open: { taken: readonly Candidate[]; vector: Vector }[] = [{ taken: [], vector: init }];
    for (let run = open.pop(); run !== undefined; run = open.pop()) {
      const { taken, vector } = run;
      const candidates = taken.length < most ? stepper.enabled(vector) : [];
      if (candidates.length === 0) yield stepper.trace(init, index, taken);
      // Backwards, so that the runs of the first step come first.
      for (const next of candidates.reverse()) {
        open.push({ taken: [...taken, next], vector: stepper.after(vector, next.outcome) });
      }
    }
  }
  return undefined;
}

export interface CoverOptions<P extends Parameters = Parameters>
  extends Pick<ReplayOptions<P>, 'parameters' | 'faults'> {
  /** The largest number of states; 10,000 by default. */
  readonly statesMax?: number;
}

/**
 * Runs that together take every step of every reachable state that changes it, each at least once.
 * A run goes the shortest way to a step that no run has taken, and on along such steps. Throws a
 * UsageError where there are more than `statesMax` states, and a SpecError when the model is
 * broken.
 */
export function coveringRuns<P extends Parameters>(
  scenario: Scenario<P>,
  options?: CoverOptions<NoInfer<P>>,
): Generator<Trace, undefined>;
export function* coveringRuns(
  scenario: Scenario,
  { statesMax = 10_000, ...options }: CoverOptions = {},
): Generator<Trace, undefined> {
  const graph = new KnownGraph(scenario, options);
  for (let state = 0; state < graph.states; state++) {
    if (graph.states > statesMax) {
      throw new UsageError(
        `scenario '${scenario.name}' has more than ${statesMax} states`,
        'Give a larger statesMax, or smaller parameters.',
      );
    }
    graph.expand(state);
  }
  const { begin, end, target } = graph.edges;
  const isTaken = new Set<number>();
  const open = (state: number): number | undefined => {
    for (let edge = begin[state] ?? 0; edge < (end[state] ?? 0); edge++) {
      if (!isTaken.has(edge)) return edge;
    }
    return undefined;
  };
  const bounds = { below: Number.POSITIVE_INFINITY, statesMax };
  for (;;) {
    const { way } = nearest(graph, graph.initial, (state) => open(state) !== undefined, bounds);
    if (way === undefined) return undefined;
    const edges = [...way.edges];
    let state = edges.length === 0 ? way.start : (target[edges.at(-1) as number] as number);
    for (let edge = open(state); edge !== undefined; edge = open(state)) {
      isTaken.add(edge);
      edges.push(edge);
      state = target[edge] as number;
    }
    yield traceOfEdges(graph.machine, graph.edges, way.start, edges);
  }
}
