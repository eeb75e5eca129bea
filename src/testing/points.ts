import fc from 'fast-check';
import { buildSystem } from '../checker/evaluate/build-system.ts';
import { pointOf } from '../checker/evaluate/point.ts';
import { UsageError } from '../checker/result/usage-error.ts';
import type { AnyPoint, Parameter, Parameters, Point } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';

/**
 * An arbitrary of fast-check whose values are points of a scenario that it does not refuse. Numbers
 * shrink to the smallest, so to few processes; other values to their defaults.
 */
export function points<P extends Parameters>(scenario: Scenario<P>): fc.Arbitrary<Point<P>>;
export function points(scenario: Scenario): fc.Arbitrary<AnyPoint> {
  const each = Object.entries(scenario.parameters).map(
    ([name, parameter]) => [name, fc.constantFrom(...simplestFirst(parameter))] as const,
  );
  return fc
    .record(Object.fromEntries(each))
    .filter((point) => scenario.refuses(point) === undefined);
}

function simplestFirst({ values, default: usual }: Parameter): Parameter['values'] {
  if (values.every((value) => typeof value === 'number')) return [...values].sort((a, b) => a - b);
  return [usual, ...values.filter((value) => value !== usual)];
}

/** The points with one simpler value, the simplest first, that a scenario does not refuse. */
export function* simplerPoints(
  scenario: Scenario,
  point: AnyPoint,
): Generator<AnyPoint, undefined> {
  for (const [name, parameter] of Object.entries(scenario.parameters)) {
    const values = simplestFirst(parameter);
    for (const value of values.slice(0, values.indexOf(point[name] as never))) {
      const simpler = { ...point, [name]: value };
      if (scenario.refuses(simpler) === undefined) yield simpler;
    }
  }
  return undefined;
}

/** Budgets of faults by name. */
export type Budgets = { readonly [fault: string]: number };

/** The largest budget of a fault without a bound of its own. */
const timesMax = 3;

/**
 * An arbitrary whose values are budgets for the faults that a scenario has at a point: each from 0
 * to its own budget, or to 3 where that has no bound. They shrink to 0. Throws a UsageError for
 * parameters that the scenario does not have.
 */
export function faultBudgets(
  scenario: Scenario,
  { parameters = {} }: { readonly parameters?: AnyPoint } = {},
): fc.Arbitrary<Budgets> {
  const budgets = budgetsAt(scenario, pointOf(scenario, parameters));
  return fc.record(
    Object.fromEntries(budgets.map(([name, most]) => [name, fc.nat({ max: most })] as const)),
  );
}

/** The faults of a scenario at a point, each with the largest budget to try. */
export function budgetsAt(scenario: Scenario, point: AnyPoint): readonly [string, number][] {
  const { faults = [] } = buildSystem(scenario, point);
  return faults.map(({ name, times }) => [name, Number.isFinite(times) ? times : timesMax]);
}

/** Throws a UsageError for a number of steps that makes no sense. */
export function checkSteps(stepsMax: number): number {
  if (Number.isSafeInteger(stepsMax) && stepsMax >= 0) return stepsMax;
  throw new UsageError(`stepsMax is ${stepsMax}`, 'Give a whole number from 0 and up.');
}
