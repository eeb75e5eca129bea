import type { Expectation, Scenario } from '../../spec/scenario.ts';
import { expectationAt } from '../evaluate/point.ts';
import { mismatchesAt } from '../result/mismatches.ts';
import type { CheckOptions } from '../result/options.ts';
import type { Result } from '../result/result.ts';

/** The facts, compared with what the scenario expects. */
export function compared(
  scenario: Scenario,
  options: CheckOptions,
  facts: Omit<Result, 'asExpected' | 'mismatches'>,
): Result {
  // The expectation is about the scenario's own faults and meaning of deadlock.
  const isOwn = options.faults === undefined && options.deadlock === undefined;
  const stated = isOwn ? expectationAt(scenario, facts.parameters) : undefined;
  const expectation = facts.ledger.symmetry === 'none' ? stated : aboutOrbits(stated);
  const mismatches = expectation === undefined ? [] : mismatchesAt(expectation, facts);
  const decided =
    facts.complete && facts.properties.every(({ verdict }) => verdict !== 'undecided');
  return { ...facts, asExpected: asExpected(expectation, mismatches, decided), mismatches };
}

/** An expectation counts states and steps, of which a search of orbits visits fewer. */
function aboutOrbits(stated: Expectation | undefined): Expectation | undefined {
  if (stated === undefined) return undefined;
  const { states: _, generated: __, ...others } = stated;
  return others;
}

/**
 * Whether the result is as expected. An open question can contradict an expectation, but cannot
 * confirm it.
 */
function asExpected(
  expectation: Expectation | undefined,
  mismatches: readonly string[],
  decided: boolean,
): boolean | undefined {
  if (expectation === undefined) return undefined;
  if (mismatches.length > 0) return false;
  return decided ? true : undefined;
}
