import { own } from '../../spec/own.ts';
import type { Expectation } from '../../spec/scenario.ts';
import type { PropertyResult, Result } from './result.ts';

/**
 * The differences from an expectation, one sentence each. Lengths of counterexamples are compared
 * only after a breadth-first search, which finds the shortest. An incomplete search can contradict
 * an expectation by what it has found, never by what it has not.
 */
export function mismatchesAt(
  expectation: Expectation,
  facts: Omit<Result, 'asExpected' | 'mismatches'>,
): readonly string[] {
  const { violates = {} } = expectation;
  const asked = new Set(facts.properties.map(({ name }) => name));
  const shortest = facts.order === 'breadth_first';
  return [
    ...facts.properties.flatMap((property) => {
      const steps = own(violates, property.name);
      return verdictMismatch(property, steps) ?? (shortest ? lengthMismatch(property, steps) : []);
    }),
    ...Object.keys(violates)
      .filter((name) => !asked.has(name))
      .map((name) => `'${name}' is expected to be violated, but the system has no such property`),
    ...(['states', 'generated', 'levels'] as const)
      .filter((figure) => contradicts(figure, expectation[figure], facts))
      .map((figure) => `expected ${expectation[figure]} ${figure}, found ${facts[figure]}`),
  ];
}

function contradicts(
  figure: 'states' | 'generated' | 'levels',
  expected: number | undefined,
  facts: Omit<Result, 'asExpected' | 'mismatches'>,
): boolean {
  if (expected === undefined || expected === facts[figure]) return false;
  // A count can only grow. The levels are known only at the end.
  return facts.complete || (figure !== 'levels' && facts[figure] > expected);
}

type Steps = number | null | undefined;

function verdictMismatch({ name, verdict }: PropertyResult, steps: Steps): string[] | undefined {
  if (verdict === 'undecided') return [];
  const expected = steps === undefined ? 'holds' : 'violated';
  return verdict === expected ? undefined : [`'${name}': expected ${expected}, found ${verdict}`];
}

function lengthMismatch({ name, trace }: PropertyResult, steps: Steps): string[] {
  const found = trace?.steps.length;
  if (typeof steps !== 'number' || found === undefined || found === steps) return [];
  return [`'${name}': expected a counterexample of ${steps} steps, found ${found}`];
}
