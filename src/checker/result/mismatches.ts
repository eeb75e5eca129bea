import { own } from '../../spec/own.ts';
import type { Expectation } from '../../spec/scenario.ts';
import type { PropertyResult, Result } from './result.ts';

type Facts = Omit<Result, 'asExpected' | 'mismatches'>;

/**
 * The differences from an expectation, one sentence each. Lengths of counterexamples are compared
 * after a breadth-first search, which finds the shortest, and after a simulation where it says the
 * same of a counterexample or has one that is shorter than expected. An incomplete search can
 * contradict an expectation by what it has found, never by what it has not.
 */
export function mismatchesAt(expectation: Expectation, facts: Facts): readonly string[] {
  const { violates = {} } = expectation;
  const asked = new Set(facts.properties.map(({ name }) => name));
  return [
    ...facts.properties.flatMap((property) => {
      const steps = own(violates, property.name);
      return verdictMismatch(property, steps) ?? lengthMismatch(property, steps, facts);
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
  facts: Facts,
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

function lengthMismatch(property: PropertyResult, steps: Steps, facts: Facts): string[] {
  const { name, trace } = property;
  const found = trace?.steps.length;
  if (typeof steps !== 'number' || found === undefined || found === steps) return [];
  if (!isShortest(property, facts) && !(found < steps && isBySteps(property, facts))) return [];
  return [`'${name}': expected a counterexample of ${steps} steps, found ${found}`];
}

function isShortest({ name }: PropertyResult, { order, simulated }: Facts): boolean {
  if (order === 'breadth_first') return true;
  return simulated !== undefined && own(simulated.found, name)?.minimal === 'shortest';
}

/** Whether a simulation found a run to one state or step, so that its length is comparable. */
function isBySteps({ kind }: PropertyResult, { simulated }: Facts): boolean {
  return simulated !== undefined && (kind === 'always' || kind === 'never' || kind === 'step');
}
