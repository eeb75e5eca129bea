import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Search } from '../../src/index.ts';
import { newestRelease } from '../../src/model/releases/release-names.ts';
import { switchesOf } from '../../src/model/releases/releases.ts';
import { switchDefinitions, switchNames } from '../../src/model/releases/switches.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import points from './switch-points.json' with { type: 'json' };

const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');
const newest: Readonly<Record<string, unknown>> = switchesOf(newestRelease);

/**
 * Where each switch of the newest release is missed when it has another value: `L4=process` and the
 * point of a scenario.
 */
const missedAt: Readonly<Record<string, string>> = points;

/** Each switch at each value that the newest release has not. */
const others = switchNames.flatMap((name) =>
  switchDefinitions[name].values
    .filter((value) => value !== newest[name])
    .map((value) => ({ id: `${name}=${value}`, name, value })),
);

/** The inner items under the heading about them in docs/fidelity.md. */
function excused(): readonly string[] {
  const [, section = ''] = page.split('## Guards that nothing misses\n');
  const [list = ''] = section.split(/\n##/);
  return [...list.matchAll(/^ {2}\* `(.+)`$/gm)].map(([, id = '']) => id).sort();
}

/**
 * Whether a point ends otherwise than its scenario expects when a switch is set. A step that throws
 * counts.
 */
async function isMissed(point: string, set: Record<string, string | number>): Promise<boolean> {
  const [name = '', ...given] = point.split(' ');
  const scenario = await scenarios[name]?.();
  const expectation = scenario?.expect.find(
    ({ given: values = {} }) =>
      Object.entries(values)
        .map(([parameter, value]) => `${parameter}=${value}`)
        .join(' ') === given.join(' '),
  );
  if (scenario === undefined || expectation === undefined) return false;
  const violated = Object.keys(expectation.violates ?? {});
  const search = new Search(scenario, { parameters: { ...expectation.given, ...set } } as never);
  try {
    const { properties } = search.run().result();
    return properties.some(
      ({ name: property, verdict }) => (verdict === 'violated') !== violated.includes(property),
    );
  } catch (error) {
    // A value with which the scenario makes no sense says nothing.
    return !(error instanceof Error && error.name === 'UsageError');
  }
}

describe('the newest release', () => {
  test.each(others.filter(({ id }) => id in missedAt))(
    'the scenario of the switch $id notices when the newest release lacks it',
    async ({ id, name, value }) => {
      expect(await isMissed(missedAt[id] ?? '', { [name]: value })).toBe(true);
    },
  );

  test('a scenario notices every other switch, except those for which docs/fidelity.md gives a reason', () => {
    const never = others.map(({ id }) => id).filter((id) => !(id in missedAt));
    expect(never.sort()).toEqual(excused());
  });
});
