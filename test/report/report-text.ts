import { expectationAt } from '../../src/checker/evaluate/point.ts';
import { type CheckOptions, check, type Scenario } from '../../src/index.ts';
import { resultLines } from '../../src/report/result-text.ts';
import { plainPaint, type TextStyle } from '../../src/report/text-style.ts';

export const wide: TextStyle = { width: 100, paint: plainPaint };

export function report(
  scenario: Scenario,
  options: CheckOptions = {},
  look: TextStyle = wide,
  verbose = false,
): string {
  const result = check(scenario, options);
  const expectation = expectationAt(scenario, result.parameters);
  const context = {
    about: scenario.about,
    shown: result.parameters,
    seconds: 0.0121,
    expectedViolations:
      expectation === undefined ? undefined : Object.keys(expectation.violates ?? {}),
    replayCommand: ['racewright', 'replay', scenario.name],
    next: ['try something else'],
    verbose,
  };
  return resultLines(result, context, look).join('\n');
}
