import type { Scenario } from '../../spec/scenario.ts';
import { OUT_OF_REACH } from '../result/end-questions.ts';
import type { PropertyResult, Trace, WorldState } from '../result/result.ts';
import type { ReplayOptions } from '../runs/replay.ts';
import { FailuresInGraph } from './failures-in-graph.ts';
import { irrelevantSteps } from './irrelevant.ts';
import { type LassoReason, lassoReason } from './lasso.ts';
import { type Reasons, reasonsOf } from './reasons.ts';
import { RunGraph } from './run-graph.ts';
import { type Move, movesOf, Schedules } from './schedules.ts';
import type { ShortestRuns } from './shortest-runs.ts';
import { type Smallest, smallestFailing } from './smallest.ts';
import { fewerSwitches, switchesIn } from './switches.ts';

/** Why a property fails. Running the model has decided all of it. Steps count from 0. */
export interface Explanation {
  /**
   * A counterexample as short as the given one, with as few switches between actors as were found.
   */
  readonly trace: Trace;
  readonly switches: number;
  /**
   * True when no counterexample of this length, from the same initial state, has fewer switches.
   */
  readonly isFewest: boolean;
  /** Steps that can all be left out together. */
  readonly irrelevant: readonly number[];
  /** Sets of runs in which the property holds; undefined for an infinite run. */
  readonly reasons: Reasons | undefined;
  readonly smallest: Smallest | undefined;
  /** For an infinite run; the other parts are then empty. */
  readonly lasso: LassoReason | undefined;
}

export interface ExplainOptions extends ReplayOptions {
  /**
   * The largest number of states of each search at smaller parameters or with other fairness; 0 for
   * no such search.
   */
  readonly smallerStatesMax: number;
  /**
   * All shortest runs from the initial state of the trace, if the trace is shortest. They allow the
   * fewest switches to be found.
   */
  readonly shortestRuns?: ShortestRuns | undefined;
  /**
   * The states of the scenario at this point and the failures there, reused for further
   * counterexamples.
   */
  readonly known?: KnownRuns | undefined;
}

/** A graph, and the failures of properties in it. The explained property must be among them. */
export interface KnownRuns {
  readonly graph: RunGraph;
  readonly failures: FailuresInGraph;
}

/**
 * Longer runs are not explained: each question takes a run for each step, and the answer would be
 * too long to read.
 */
const stepsMax = 400;

/** The largest number of states whose steps are looked at. */
const graphStatesMax = 20_000;

/** The runs of a scenario at one point, for the explanation of these properties. */
export function knownRuns(
  scenario: Scenario,
  properties: readonly PropertyResult[],
  options: ReplayOptions,
): KnownRuns {
  const graph = new RunGraph(scenario, { ...options, statesMax: graphStatesMax });
  return { graph, failures: new FailuresInGraph(graph, properties) };
}

/**
 * Explains a counterexample. Undefined for a run of more than 400 steps, for an `implements`, and
 * for an infinite run where no searches are allowed. Throws a SpecError when the model is broken.
 */
export function explain(
  scenario: Scenario,
  property: PropertyResult,
  trace: Trace,
  options: ExplainOptions,
): Explanation | undefined {
  // A step that the abstract system lacks is its own explanation.
  if (trace.steps.length > stepsMax || property.kind === 'implements') return undefined;
  const isSafety = ['always', 'never', 'step', 'deadlock'].includes(property.kind);
  if (isSafety && trace.loopsTo === undefined) return explained(scenario, property, trace, options);
  const statesMax = options.smallerStatesMax;
  if (statesMax === 0) return undefined;
  return {
    trace,
    switches: switchesIn(movesOf(trace)),
    isFewest: false,
    irrelevant: [],
    reasons: undefined,
    smallest: undefined,
    lasso: lassoReason(scenario, property, trace, { ...options, statesMax }),
  };
}

/** Explains a violation of a property of states or steps, or of the question about ends. */
function explained(
  scenario: Scenario,
  property: PropertyResult,
  trace: Trace,
  options: ExplainOptions,
): Explanation {
  const { graph, failures } = options.known ?? knownRuns(scenario, [property], options);
  const { ends } = failures;
  // That no end can be reached depends on all that can follow, so no change of one run explains it.
  const isOutOfReach = property.failingPart === OUT_OF_REACH;
  if (isOutOfReach && ends.lost() === undefined) return undecided(graph, trace);
  const isLost = isOutOfReach ? (world: WorldState) => ends.isLost(world) : undefined;
  const schedules = new Schedules(scenario, property, trace.initIndex, options, isLost);
  const fewest = options.shortestRuns?.fewestSwitches(property, trace, isLost);
  const moves = clearest(fewerSwitches(schedules, movesOf(trace)), fewest);
  const taken = schedules.follow(schedules.init, moves);
  if (taken === undefined || !schedules.failsAfter(schedules.init, moves)) {
    throw new Error(`the counterexample of '${property.name}' does not replay`);
  }
  const clearer = schedules.trace(taken);
  const statesMax = options.smallerStatesMax;
  return {
    trace: clearer,
    switches: switchesIn(moves),
    isFewest: fewest !== undefined,
    irrelevant: irrelevantSteps(schedules, moves),
    reasons: reasonsOf(graph, failures.of(property), clearer, taken),
    smallest:
      statesMax === 0
        ? undefined
        : smallestFailing(scenario, property.name, { ...options, statesMax }),
    lasso: undefined,
  };
}

/** The explanation of a run that lost its end, where there are more states than the bound. */
function undecided(graph: RunGraph, trace: Trace): Explanation {
  return {
    trace,
    switches: switchesIn(movesOf(trace)),
    isFewest: false,
    irrelevant: [],
    reasons: reasonsOf(graph, undefined, trace, []),
    smallest: undefined,
    lasso: undefined,
  };
}

/**
 * Chooses between the same steps reordered, which are easier to compare with the original, and
 * other steps, if those are clearer.
 */
function clearest(same: readonly Move[], fewest: readonly Move[] | undefined): readonly Move[] {
  return fewest !== undefined && switchesIn(fewest) < switchesIn(same) ? fewest : same;
}
