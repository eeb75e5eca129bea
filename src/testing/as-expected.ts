import { check } from '../checker/check.ts';
import { inWords } from '../checker/evaluate/point.ts';
import type { CheckOptions } from '../checker/result/options.ts';
import type { Result } from '../checker/result/result.ts';
import { type AnyPoint, defaultPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';
import { SpecError } from '../spec/spec-error.ts';
import { ExpectationError } from './expect.ts';

/** What makes a test of a name and a function: `test` of vitest, of node:test and of others. */
export type MakeTest = (name: string, run: () => void) => unknown;

/** How every point is checked; the parameters are those of the point. */
export type AsExpectedOptions = Omit<CheckOptions, 'parameters'>;

/**
 * Makes a test for each point at which the scenario says what it expects: everything that the
 * expectation names is compared. The name of a test is the scenario and the parameters that it
 * sets. A test that fails throws an ExpectationError whose message is the report.
 *
 * Throws a SpecError for a scenario that states no expectation: there would be no test.
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
    // Parameters have no value `undefined`: one that is given so is left at its default.
    const set = Object.entries(given).filter(([, value]) => value !== undefined);
    const parameters = Object.fromEntries(set) as AnyPoint;
    test(`${scenario.name} ${inWords(parameters)}`.trim(), () => {
      resultAsExpected(scenario, { ...options, parameters });
    });
  }
}

/**
 * Checks one point, the default one when it is left out, and insists that it is as the scenario
 * expects; returns the result. Throws an ExpectationError where it is not, where the search was cut
 * off, and where the scenario expects nothing there.
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
