import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { subjectOf } from '../../src/checker/result/schedule-entry.ts';
import { Search } from '../../src/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';

/**
 * Labels, as `flow.label`, that the points below have taken, those they know of, how many points
 * were run, and the largest of them.
 */
const labels = {
  taken: new Set<string>(),
  known: new Set<string>(),
  points: 0,
  pointsAll: 0,
  statesMax: 0,
};

for (const [name, load] of Object.entries(scenarios)) {
  const scenario = await load();

  labels.pointsAll += scenario.expect.length;
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
      // A search refuses a parameter or a value that the scenario does not have.
      const search = new Search(scenario, { parameters: pointOf(given) }).run();
      const { mismatches, complete, asExpected, ledger } = search.result();
      const met = search.profile().labels.map(({ label }) => label);
      for (const label of [...met, ...ledger.neverTaken]) labels.known.add(label);
      for (const label of met) {
        if (!ledger.neverTaken.includes(label)) labels.taken.add(label);
      }
      labels.points += 1;
      labels.statesMax = Math.max(labels.statesMax, search.progress().states);
      expect({ mismatches, complete, asExpected }).toEqual({
        mismatches: [],
        complete: true,
        asExpected: true,
      });
    });
  });
}

describe('the scenarios together', () => {
  test('the scenarios together have as many states as the README says of the largest', ({
    skip,
  }) => {
    if (labels.points < labels.pointsAll) skip('only some of the points were run');
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(labels.statesMax.toLocaleString('en')).toBe(
      /the largest has ([\d,]+)/.exec(readme.replaceAll('\n', ' '))?.[1],
    );
  });

  test('the scenarios together take every label of every flow, except those for which docs/fidelity.md gives a reason', async ({
    skip,
  }) => {
    if (labels.points < labels.pointsAll) skip('only some of the points were run');
    for (const label of await labelsOfModel()) labels.known.add(label);
    const never = [...labels.known].filter((label) => !labels.taken.has(label));
    expect(never.sort()).toEqual(excused());
  });
});

/**
 * The labels of every flow that a file of the model exports, but for those of the seed, which has a
 * scenario of its own.
 */
async function labelsOfModel(): Promise<readonly string[]> {
  const folder = new URL('../../src/model/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(new URL(file, folder).href)),
  );
  const exported = modules.flatMap((module): unknown[] => Object.values(module));
  return exported.flatMap((value) =>
    isFlow(value) ? value.labels.map((label) => subjectOf(value.name, label)) : [],
  );
}

function isFlow(value: unknown): value is { name: string; labels: readonly string[] } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'flow';
}

/** The first column of the table under the heading about labels. */
function excused(): readonly string[] {
  const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');
  const [, section = ''] = page.split('## Steps that no scenario takes');
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, label = '']) => label).sort();
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
