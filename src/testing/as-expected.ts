import { check } from '../checker/check.ts';
import { inWords } from '../checker/evaluate/point.ts';
import type { CheckOptions } from '../checker/result/options.ts';
import type { Result } from '../checker/result/result.ts';
import { type AnyPoint, defaultPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { SpecError } from '../spec/spec-error.ts';
import { ExpectationError } from './expect.ts';

/** Makes a test of a name and a function, as `test` of vitest and of node:test do. */
export type MakeTest = (name: string, run: () => void) => unknown;

/** The options of every check; the parameters are those of the point. */
export type AsExpectedOptions = Omit<CheckOptions, 'parameters'>;

/**
 * Makes a test for each point with a stated expectation. A test compares all that the expectation
 * names. Its name is the scenario with the parameters that the expectation sets. A failing test
 * throws an ExpectationError whose message is the report.
 *
 * Throws a SpecError for a scenario without expectations, because there would be no test.
 */
export function expectAsExpected(
  scenario: Scenario,
  test: MakeTest,
  options: AsExpectedOptions = {},
): void {
  if (scenario.expect.length === 0) {
    throw new SpecError({
      what: `scenario '${scenario.name}' states no expectation, so that there is nothing to test`,
      mend: "Add expect: [{ violates: { 'the name of a property': 6 } }] to it, or [{}] where all holds.",
    });
  }
  for (const { given = {} } of scenario.expect) {
    // // No parameter has the value `undefined`, so that leaves it at its default.
    const set = Object.entries(given).filter(([, value]) => value !== undefined);
    const parameters = Object.fromEntries(set) as AnyPoint;
    test(`${scenario.name} ${inWords(parameters)}`.trim(), () => {
      resultAsExpected(scenario, { ...options, parameters });
    });
  }
}

/**
 * Checks one point, by default the one of defaults, and returns the result. Throws an
 * ExpectationError where it differs from the expectation, where the search was cut off, and where
 * the scenario states no expectation.
 */
export function resultAsExpected(scenario: Scenario, options: CheckOptions = {}): Result {
  const result = check(scenario, options);
  if (result.asExpected === true) return result;
  const point = inWords({ ...defaultPoint(scenario.parameters), ...options.parameters });
  const at = point === '' ? '' : ` at ${point}`;
  const why =
    result.asExpected === false
      ? `is not as expected${at}: ${result.mismatches.join('; ')}`
      : result.complete
        ? `states no expectation${at}`
        : `was not searched to its end${at}, so that no expectation is met`;
  throw new ExpectationError(`'${scenario.name}' ${why}`, result, scenario, options);
}
