import { own } from '../../spec/own.ts';
import type { AnyPoint, Parameters } from '../../spec/parameters.ts';
import type { Expectation, Scenario } from '../../spec/scenario.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { withoutClockAndRandomness } from '../purity/forbidden.ts';
import { UsageError } from '../result/usage-error.ts';
import { blame } from './blame.ts';

/**
 * All parameters of the scenario; those that are missing in `given` have their defaults. Throws a
 * UsageError for a parameter or value that the scenario does not have, and for a combination that
 * it refuses.
 */
export function pointOf(scenario: Scenario, given: AnyPoint = {}): AnyPoint {
  const { parameters } = scenario;
  for (const [name, value] of Object.entries(given)) checkValue(scenario, name, value);
  const point = Object.freeze(
    Object.fromEntries(
      Object.entries(parameters).map(([name, { default: usual }]) => [
        name,
        own(given, name) ?? usual,
      ]),
    ),
  );
  const refusal = refusalOf(scenario, point);
  if (refusal !== undefined) {
    throw new UsageError(`scenario '${scenario.name}' refuses ${inWords(point)}: ${refusal}`);
  }
  return point;
}

/**
 * Asks `refuses`. Throws a SpecError when it throws, changes the point, or uses more than the
 * point.
 */
function refusalOf(scenario: Scenario, point: AnyPoint): string | undefined {
  try {
    return withoutClockAndRandomness(() => scenario.refuses(point));
  } catch (error) {
    const isPlaced = error instanceof SpecError && error.where?.startsWith('scenario ') === true;
    throw isPlaced ? error : blame(error, `scenario '${scenario.name}', refuses`);
  }
}

/** The expectation of the scenario for exactly this point, if it states one. */
export function expectationAt(scenario: Scenario, point: AnyPoint): Expectation | undefined {
  return scenario.expect.find(({ given = {} }) =>
    Object.entries(scenario.parameters).every(
      ([name, parameter]) => (own(given, name) ?? parameter.default) === point[name],
    ),
  );
}

/** A point as text: `lock=none attaches=1`. */
export function inWords(point: AnyPoint): string {
  return Object.entries(point)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function checkValue(scenario: Scenario, name: string, value: AnyPoint[string]): void {
  const { parameters }: { parameters: Parameters } = scenario;
  const parameter = own(parameters, name);
  if (parameter === undefined) {
    const known = Object.keys(parameters);
    throw new UsageError(
      `scenario '${scenario.name}' has no parameter '${name}'`,
      known.length === 0 ? 'It has none at all.' : `It has ${known.join(', ')}.`,
    );
  }
  if (parameter.values.includes(value)) return;
  throw new UsageError(
    `parameter '${name}' of scenario '${scenario.name}' cannot be '${value}'`,
    `It can be ${parameter.values.join(', ')}.`,
  );
}
