import fc from 'fast-check';
import type { Trace } from '../checker/result/result.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { type Budgets, budgetsAt, checkSteps, points, simplerPoints } from './points.ts';
import { printable } from './runs.ts';
import { followEntries, Simplified, simplerRuns } from './simpler-runs.ts';
import { steadyWalk } from './steady-walk.ts';

/** The default of `stepsMax`. */
const steps = 50;

/** A run with all that it depends on: `replay(scenario, run.schedule, situation)` repeats it. */
export interface Situation {
  readonly parameters: AnyPoint;
  readonly faults: Budgets;
  readonly run: Trace;
}

/** The largest number of faults whose budgets vary. */
const faultsMax = 16;

/**
 * An arbitrary whose values are runs at any point of a scenario with any budgets of its faults. All
 * three shrink at once: to small parameters, no faults, and a short run with few switches between
 * actors.
 */
export function situations(
  scenario: Scenario,
  { stepsMax = steps }: { readonly stepsMax?: number } = {},
): fc.Arbitrary<Situation> {
  const budgets = fc.array(fc.nat({ max: 3 }), { maxLength: faultsMax });
  const all = fc
    .tuple(points(scenario), budgets, choicesOf(stepsMax))
    .map(([parameters, times, choices]) => {
      const most = budgetsAt(scenario, parameters);
      const faults = Object.fromEntries(
        most.map(([name, all], i) => [name, Math.min(all, times[i] ?? 0)]),
      );
      const options = { parameters, faults };
      return { ...options, run: printable(steadyWalk(scenario, choices, options), options) };
    });
  return new Simplified(all, (one) => simplerSituations(scenario, one));
}

/** The same schedule, as far as it can be followed, at simpler points; then simpler schedules. */
function* simplerSituations(
  scenario: Scenario,
  { parameters, faults, run }: Situation,
): Generator<Situation, undefined> {
  for (const point of simplerPoints(scenario, parameters)) {
    const possible = new Map(budgetsAt(scenario, point));
    const left = Object.entries(faults).filter(([name]) => possible.has(name));
    yield followed(scenario, point, Object.fromEntries(left), run.schedule);
  }
  for (const [name, times] of Object.entries(faults)) {
    for (const fewer of [0, times - 1]) {
      if (fewer < 0 || fewer >= times) continue;
      yield followed(scenario, parameters, { ...faults, [name]: fewer }, run.schedule);
    }
  }
  const options = { parameters, faults };
  for (const simple of simplerRuns(scenario, options, run.schedule)) {
    yield { ...options, run: printable(simple, options) };
  }
  return undefined;
}

function followed(
  scenario: Scenario,
  parameters: AnyPoint,
  faults: Budgets,
  schedule: readonly string[],
): Situation {
  const options = { parameters, faults };
  return { ...options, run: printable(followEntries(scenario, options, schedule).trace, options) };
}

/** A run of some of the operations that were given. */
export interface Combination<T> {
  /** The chosen operations by name, in the order in which they were given. */
  readonly operations: { readonly [name: string]: T };
  readonly scenario: Scenario;
  readonly run: Trace;
}

/**
 * An arbitrary whose values are runs of scenarios that `make` makes of some of these operations, at
 * least one. They shrink to few operations, and to a short run with few switches. Throws a
 * UsageError without an operation.
 */
export function combinations<T>(
  operations: { readonly [name: string]: T },
  make: (operations: { readonly [name: string]: T }) => Scenario,
  { stepsMax = steps }: { readonly stepsMax?: number } = {},
): fc.Arbitrary<Combination<T>> {
  const all = Object.entries(operations);
  if (all.length === 0) throw new UsageError('there are no operations to combine');
  const values = fc
    .tuple(fc.subarray(all, { minLength: 1 }), choicesOf(stepsMax))
    .map(([chosen, choices]): Combination<T> => {
      const some = Object.fromEntries(chosen);
      const scenario = make(some);
      return { operations: some, scenario, run: printable(steadyWalk(scenario, choices), {}) };
    });
  return new Simplified(values, (one) => simplerCombinations(one, make));
}

/** The same schedule without one of the operations; then simpler schedules. */
function* simplerCombinations<T>(
  { operations, scenario, run }: Combination<T>,
  make: (operations: { readonly [name: string]: T }) => Scenario,
): Generator<Combination<T>, undefined> {
  const all = Object.entries(operations);
  for (const [left] of all.length > 1 ? all : []) {
    const some = Object.fromEntries(all.filter(([name]) => name !== left));
    const fewer = make(some);
    const { trace } = followEntries(fewer, {}, run.schedule);
    yield { operations: some, scenario: fewer, run: printable(trace, {}) };
  }
  for (const simple of simplerRuns(scenario, {}, run.schedule)) {
    yield { operations, scenario, run: printable(simple, {}) };
  }
  return undefined;
}

/** The choices of a run. Shorter lists and smaller numbers are simpler. */
function choicesOf(stepsMax: number): fc.Arbitrary<number[]> {
  return fc.array(fc.nat({ max: 997 }), { maxLength: checkSteps(stepsMax), size: 'max' });
}
