import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check, isScenario, type Scenario } from '../../src/index.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';

/** Points with more states than this are left to the benchmark. */
const statesMax = 300_000;

const files = readdirSync(new URL('.', import.meta.url)).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

async function scenarioIn(file: string): Promise<Scenario> {
  const exported: Record<string, unknown> = await import(`./${file}`);
  const scenarios = Object.values(exported).filter(isScenario);
  const [scenario] = scenarios;
  if (scenario === undefined || scenarios.length > 1)
    throw new Error(`${file} must export one scenario`);
  return scenario;
}

const points = (await Promise.all(files.map(scenarioIn))).flatMap((scenario) =>
  scenario.expect
    .filter(({ states = 0 }) => states <= statesMax)
    .flatMap((expected) =>
      (['breadth_first', 'depth_first'] as const).map((order) => {
        const given = Object.entries(expected.given ?? {}).map(
          ([name, value]) => `${name}=${value}`,
        );
        return { name: [scenario.name, ...given].join(' '), scenario, expected, order };
      }),
    ),
);

describe('a published model', () => {
  test('every file of test/oracles has a published model', () => {
    expect(new Set(points.map(({ scenario }) => scenario.name)).size).toBe(files.length);
  });

  test.each(points)(
    'the model $name has the published counts, $order',
    ({ scenario, expected, order }) => {
      const { given = {}, states, generated, levels, violates = {} } = expected;
      const parameters = given as AnyPoint; // no expectation gives a parameter the value undefined
      const result = check(scenario, { parameters, order });
      expect(result.mismatches).toEqual([]);
      expect(result.asExpected).toBe(true);
      expect(result.complete).toBe(true);
      // Said once more without the checker's own comparison, which is itself under test.
      expect(result).toMatchObject(withoutUndefined({ states, generated, levels }));
      const violated = result.properties.filter(({ verdict }) => verdict === 'violated');
      expect(violated.map(({ name }) => name).sort()).toEqual(Object.keys(violates).sort());
      for (const { name, trace } of violated) {
        const shortest = violates[name] ?? Number.NaN;
        if (order === 'breadth_first') expect(trace?.steps.length).toBe(shortest);
        else expect(trace?.steps.length).toBeGreaterThanOrEqual(shortest);
      }
    },
  );
});

function withoutUndefined(figures: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, figure]) =>
      figure === undefined ? [] : [[name, figure]],
    ),
  );
}
