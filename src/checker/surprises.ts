import type { Expectation } from '../spec/scenario.ts';
import type { Result } from './result.ts';

/**
 * What differs from an expectation, one sentence each. Lengths of counterexamples are compared only where
 * they are the shortest, that is breadth first.
 */
export function surprisesAt(
  expectation: Expectation,
  facts: Omit<Result, 'asExpected' | 'surprises'>,
): readonly string[] {
  const { violates = {} } = expectation;
  const surprises: string[] = [];
  for (const { name, verdict, trace } of facts.properties) {
    const steps = violates[name];
    const expected = steps === undefined ? 'holds' : 'violated';
    if (verdict !== expected) surprises.push(`'${name}': expected ${expected}, found ${verdict}`);
    else if (typeof steps === 'number' && facts.order === 'breadth_first') {
      const found = trace?.steps.length;
      if (found !== undefined && found !== steps) {
        surprises.push(`'${name}': expected a counterexample of ${steps} steps, found ${found}`);
      }
    }
  }
  const names = facts.properties.map(({ name }) => name);
  for (const name of Object.keys(violates)) {
    if (!names.includes(name)) surprises.push(`'${name}' is expected to be violated but not asked`);
  }
  for (const figure of ['states', 'generated', 'levels'] as const) {
    const expected = expectation[figure];
    if (expected === undefined || expected === facts[figure]) continue;
    surprises.push(`expected ${expected} ${figure}, found ${facts[figure]}`);
  }
  return surprises;
}
