import { expect } from 'vitest';
import type { CheckOptions } from '../../src/checker/result/options.ts';
import type { PropertyResult } from '../../src/checker/result/result.ts';
import { failuresOf, replay, type Scenario } from '../../src/index.ts';

/**
 * That the words of a counterexample, and how it goes on, lead along the same run, which violates
 * the property there, too.
 */
export function expectReplayed(
  scenario: Scenario,
  { name, failingPart, trace }: PropertyResult,
  options: Pick<CheckOptions, 'parameters' | 'faults'> = {},
): void {
  if (trace === undefined) throw new Error('a violation without a trace');
  const { schedule: words, initIndex, loopsTo, stops } = trace;
  const again = replay(scenario, words, {
    ...options,
    init: initIndex,
    ...(loopsTo === undefined ? {} : { loopsTo }),
    ...(stops === undefined ? {} : { stops }),
  });
  // Which absent entries a step is known to have looked for depends on what was evaluated before.
  const seen = ({ steps, ...rest }: typeof trace) => ({
    ...rest,
    steps: steps.map(({ reads: _, ...step }) => step),
  });
  expect(seen(again)).toEqual(seen(trace));
  const failure = failuresOf(scenario, again, options).find((each) => each.name === name);
  expect(failure).toMatchObject({ step: trace.steps.length, part: failingPart });
}
