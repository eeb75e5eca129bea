import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alwaysProperties } from '../../src/model/properties/always.ts';
import { atRestProperties } from '../../src/model/properties/at-rest.ts';
import { livenessProperties } from '../../src/model/properties/liveness.ts';
import { portProperties } from '../../src/model/properties/ports.ts';
import { scenarios } from '../../src/scenarios/index.ts';

const all = await Promise.all(Object.values(scenarios).map((load) => load()));
const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');

/** The first column of the table under a heading of docs/fidelity.md. */
function excused(heading: string): readonly string[] {
  const [, section = ''] = page.split(`## ${heading}`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| ([^|]+?) \|/gm)]
    .map(([, first = '']) => first.replaceAll('`', ''))
    .slice(2)
    .sort();
}

describe('properties', () => {
  test('each property is violated in some scenario, except those for which docs/fidelity.md gives a reason', () => {
    const violated = new Set(
      all.flatMap(({ expect: points }) =>
        points.flatMap(({ violates = {} }) => Object.keys(violates)),
      ),
    );
    const asked = [
      ...alwaysProperties,
      ...atRestProperties,
      ...livenessProperties,
      ...portProperties,
    ].map(({ name }) => name);
    const never = asked.filter((name) => !violated.has(name));
    expect(never.sort()).toEqual(excused('Properties that no scenario violates'));
  });
});
