import { own } from '../../spec/own.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { check } from '../check.ts';
import type { CheckOptions } from '../result/options.ts';

/** Smaller values of numeric parameters at which a property still fails. */
export interface Smallest {
  /** The smallest value of each parameter that can be smaller. */
  readonly parameters: { readonly [name: string]: number };
  /** The number of steps of the shortest counterexample there. */
  readonly steps: number;
}

/**
 * Makes the numeric parameters smaller, one after another, as long as the property still fails.
 * Undefined when none can be. A value that `statesMax` states do not decide counts as one at which
 * the property holds.
 */
export function smallestFailing(
  scenario: Scenario,
  property: string,
  options: Pick<CheckOptions, 'parameters' | 'faults'> & { readonly statesMax: number },
): Smallest | undefined {
  const { parameters = {}, ...others } = options;
  let point: AnyPoint = parameters;
  let steps: number | undefined;
  for (const [name, { values }] of Object.entries(scenario.parameters)) {
    const now = own(point, name);
    if (typeof now !== 'number') continue;
    const smaller = values
      .filter((value): value is number => typeof value === 'number' && value < now)
      .sort((a, b) => a - b);
    for (const value of smaller) {
      const tried = { ...point, [name]: value };
      const found = stepsTo(scenario, property, tried, others);
      if (found === undefined) continue;
      point = tried;
      steps = found;
      break;
    }
  }
  if (steps === undefined) return undefined;
  const smaller = Object.entries(point).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === 'number' && entry[1] !== parameters[entry[0]],
  );
  return { parameters: Object.fromEntries(smaller), steps };
}

function stepsTo(
  scenario: Scenario,
  property: string,
  parameters: AnyPoint,
  options: Pick<CheckOptions, 'faults' | 'statesMax'>,
): number | undefined {
  if (scenario.refuses(parameters) !== undefined) return undefined;
  const { properties } = check(scenario, { ...options, parameters });
  const found = properties.find(({ name }) => name === property);
  return found?.verdict === 'violated' ? found.trace?.steps.length : undefined;
}
