import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';

for (const [name, load] of Object.entries(scenarios)) {
  const scenario = await load();

  describe(name, () => {
    test('is called as the index calls it', () => {
      expect(scenario.name).toBe(name);
    });

    test('expects something of at least one point, and of no point twice', () => {
      const points = scenario.expect.map(({ given = {} }) =>
        JSON.stringify(Object.entries(given).sort()),
      );
      expect(points.length).toBeGreaterThan(0);
      expect(new Set(points).size).toBe(points.length);
    });

    test.each(
      scenario.expect.map((expectation) => [titleOf(expectation.given), expectation] as const),
    )('ends as it says at %s', (_title, { given = {} }) => {
      // `check` refuses a parameter or a value that the scenario does not have.
      const { surprises, complete, asExpected } = check(scenario, { parameters: pointOf(given) });
      expect({ surprises, complete, asExpected }).toEqual({
        surprises: [],
        complete: true,
        asExpected: true,
      });
    });
  });
}

/** The values that an expectation gives; its type would let one be undefined. */
function pointOf(given: object): Record<string, string | number | boolean> {
  const values = Object.entries(given).filter(([, value]) => value !== undefined);
  // What is left are values of parameters.
  return Object.fromEntries(values) as Record<string, string | number | boolean>;
}

function titleOf(given: object = {}): string {
  const words = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  return words.length === 0 ? 'its defaults' : words.join(' ');
}
