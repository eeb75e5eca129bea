import type { Scenario } from '../../spec/scenario.ts';
import type { ReplayOptions } from '../replay.ts';
import type { PropertyResult, Trace } from '../result.ts';
import { irrelevantSteps } from './irrelevant.ts';
import { type Race, racesIn } from './races.ts';
import { movesOf, Schedules } from './schedules.ts';
import { type Smallest, smallestFailing } from './smallest.ts';
import { fewerSwitches, switchesIn } from './switches.ts';

/** Why a property fails. Everything in it was found by running changed schedules. Steps are counted from 0. */
export interface Explanation {
  /** The same steps, in an order with as few switches between actors as could be found. */
  readonly trace: Trace;
  readonly switches: number;
  /** Steps that can be left out, all together. */
  readonly irrelevant: readonly number[];
  readonly races: readonly Race[];
  readonly smallest: Smallest | undefined;
}

export interface ExplainOptions extends ReplayOptions {
  /** States that each search at smaller parameters may visit; 0 for no such searches. */
  readonly smallerStatesMax: number;
}

/** Longer runs are left as they are: each question takes a run for each step, and nobody reads the answer. */
const stepsMax = 400;

/**
 * Explains the counterexample of a property about states or steps, or a deadlock. Undefined for liveness, which one run
 * does not decide, and for runs of more than 400 steps. Throws a SpecError when the model is broken.
 */
export function explain(
  scenario: Scenario,
  property: PropertyResult,
  trace: Trace,
  options: ExplainOptions,
): Explanation | undefined {
  const { name, kind } = property;
  const isSafety = ['always', 'never', 'step', 'deadlock'].includes(kind);
  if (!isSafety || trace.loopsTo !== undefined || trace.steps.length > stepsMax) return undefined;
  const schedules = new Schedules(scenario, property, trace.initIndex, options);
  const moves = fewerSwitches(schedules, movesOf(trace));
  const taken = schedules.follow(schedules.init, moves);
  if (taken === undefined || !schedules.failsAfter(schedules.init, moves)) {
    throw new Error(`the counterexample of '${name}' does not replay`);
  }
  const clearer = schedules.trace(taken);
  const statesMax = options.smallerStatesMax;
  return {
    trace: clearer,
    switches: switchesIn(moves),
    irrelevant: irrelevantSteps(schedules, moves),
    races: racesIn(schedules, clearer),
    smallest:
      statesMax === 0 ? undefined : smallestFailing(scenario, name, { ...options, statesMax }),
  };
}
