import { check } from '../checker/check.ts';
import type { CheckOptions } from '../checker/result/options.ts';
import type { Result } from '../checker/result/result.ts';
import type { ReplayOptions } from '../checker/runs/replay.ts';
import { NOTHING_ASKED, resultLines } from '../report/result-text.ts';
import { shownPoint } from '../report/shown-point.ts';
import { plainPaint } from '../report/text-style.ts';
import type { Parameters } from '../spec/parameters.ts';
import type { AlwaysAsked, Scenario } from '../spec/scenario.ts';
import { replayCall } from './replay-call.ts';

/**
 * A scenario differs from what a test states. The message is the report of the command, with a call
 * of `replay` in place of the command line, since only the test knows where the scenario comes
 * from.
 */
export class ExpectationError extends Error {
  readonly result: Result;

  constructor(
    what: string,
    result: Result,
    scenario: Scenario,
    options: ReplayOptions = {},
    comparesExpectations = true,
  ) {
    const lines = resultLines(
      result,
      {
        shown: shownPoint(scenario, result.parameters),
        expectedViolations: undefined,
        replayCommand: (trace, width) => replayCall(trace, options, width),
        next: [],
        comparesExpectations,
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
 * Checks every reachable state and returns the result. Throws an ExpectationError with the
 * counterexample when a property is violated or undecided, and also when nothing is asked, because
 * such a test would pass whatever the model did.
 */
export function expectHolds<P extends Parameters>(
  scenario: Scenario<P>,
  options?: CheckOptions<NoInfer<P>>,
): Result;
export function expectHolds(scenario: Scenario, options: CheckOptions = {}): Result {
  const result = check(scenario, options);
  if (result.properties.length === 0) {
    throw new ExpectationError(`'${scenario.name}': ${NOTHING_ASKED}`, result, scenario, options);
  }
  if (result.verdict === 'holds') return result;
  const what = `'${scenario.name}' does not hold: it is ${result.verdict}`;
  // // The expectation of the scenario is another question than the one of this test.
  throw new ExpectationError(what, result, scenario, options, false);
}

/**
 * Checks every reachable state and returns the result. Throws an ExpectationError unless `property`
 * is violated, after `steps` steps if `steps` is given: a race that a test relies on must stay
 * visible.
 */
export function expectViolated<P extends Parameters, N extends string>(
  scenario: Scenario<P, N>,
  property: NoInfer<N> | AlwaysAsked,
  options?: CheckOptions<NoInfer<P>> & { readonly steps?: number },
): Result;
export function expectViolated(
  scenario: Scenario,
  property: string,
  options: CheckOptions & { readonly steps?: number } = {},
): Result {
  const { steps, ...checkOptions } = options;
  const result = check(scenario, checkOptions);
  const found = result.properties.find(({ name }) => name === property);
  const refuse = (what: string): never => {
    throw new ExpectationError(what, result, scenario, checkOptions, false);
  };
  if (found === undefined) {
    const known = result.properties.map(({ name }) => `'${name}'`).join(', ');
    return refuse(`there is no property '${property}', but ${known}`);
  }
  if (found.verdict !== 'violated') {
    return refuse(`'${property}' is not violated: it ${found.verdict}`);
  }
  const length = found.trace?.steps.length;
  if (steps !== undefined && length !== steps) {
    return refuse(`'${property}' is violated after ${length} steps, not ${steps}`);
  }
  return result;
}
