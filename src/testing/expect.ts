import { check } from '../checker/check.ts';
import type { CheckOptions } from '../checker/options.ts';
import type { Result } from '../checker/result.ts';
import { plainPaint } from '../report/look.ts';
import { resultLines } from '../report/result-text.ts';
import type { Scenario } from '../spec/scenario.ts';

/** A scenario is not as a test says it is; the message is the report that the command line would print. */
export class ExpectationError extends Error {
  readonly result: Result;

  constructor(what: string, result: Result) {
    const lines = resultLines(
      result,
      {
        shown: result.parameters,
        seconds: 0,
        expectedViolations: undefined,
        replayCommand: ['racewright', 'replay', result.scenario],
        next: [],
        verbose: true,
      },
      { width: 100, paint: plainPaint },
    );
    super(`${what}\n\n${lines.join('\n')}`);
    this.name = 'ExpectationError';
    this.result = result;
  }
}

/**
 * Checks every reachable state and insists that all properties hold; returns the result.
 * Throws an ExpectationError with the counterexample when one is violated or undecided.
 */
export function expectHolds(scenario: Scenario, options: CheckOptions = {}): Result {
  const result = check(scenario, options);
  if (result.verdict === 'holds') return result;
  throw new ExpectationError(`'${scenario.name}' does not hold: it is ${result.verdict}`, result);
}

/**
 * Checks every reachable state and insists that `property` is violated, after `steps` steps if that is given.
 * Throws an ExpectationError when it is not: a race that a test relies on is no longer shown.
 */
export function expectViolated(
  scenario: Scenario,
  property: string,
  options: CheckOptions & { readonly steps?: number } = {},
): Result {
  const { steps, ...checkOptions } = options;
  const result = check(scenario, checkOptions);
  const found = result.properties.find(({ name }) => name === property);
  if (found === undefined) {
    const known = result.properties.map(({ name }) => `'${name}'`).join(', ');
    throw new ExpectationError(`there is no property '${property}', but ${known}`, result);
  }
  if (found.verdict !== 'violated') {
    throw new ExpectationError(`'${property}' is not violated: it ${found.verdict}`, result);
  }
  const length = found.trace?.steps.length;
  if (steps !== undefined && length !== steps) {
    throw new ExpectationError(
      `'${property}' is violated after ${length} steps, not ${steps}`,
      result,
    );
  }
  return result;
}
