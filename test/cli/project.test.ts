import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePlace, type Place } from './run.ts';

/** A scenario that counts to a limit and asks whether it is kept; `expect` as its source. */
const counter = (name: string, most: number, expect = '[{}]'): string => `
import { spec } from 'racewright';
const counting = spec<{ n: number }>();
export const ${name.replaceAll('-', '')} = counting.scenario({
  name: '${name}',
  about: 'Counts to ${most}.',
  system: () => ({
    init: () => ({ n: 0 }),
    final: 'anywhere',
    actions: [counting.action({
      name: 'count', when: ({ n }) => n < ${most}, do: (state) => { state.n += 1; } })],
    properties: [counting.always('at most 3', ({ n }) => n <= 3)],
  }),
  expect: ${expect},
});`;

const config = (text: string): string =>
  `import { defineConfig } from 'racewright';\nexport default defineConfig(${text});`;

/** A place with a project in it; `files` beside it and in place of it. */
function project(files: { readonly [path: string]: string } = {}): Place {
  const place = makePlace();
  place.write({
    'racewright.config.ts': config("{ scenarios: ['models'] }"),
    'models/small.ts': counter('small', 2),
    'models/deep/large.ts': counter('large', 5, "[{ violates: { 'at most 3': 4 } }]"),
    'models/limits.ts': 'export const limit = 3;',
    'models/small.test.ts': "throw new Error('a test was loaded');",
    ...files,
  });
  return place;
}

describe('in a project', () => {
  const place = project();

  test('check --all without names checks every expectation of its scenarios', () => {
    const output = place.run('check', '--all');
    expect(output).toContain('2 checks: 1 holds, 1 violated; all as expected');
    expect(output).toContain('no scenario is exported by models/limits.ts');
    expect(output).toContain('exit 0');
  });

  test('check, list and matrix without names mean its scenarios, wherever in it one stands', () => {
    expect(place.run('check')).toMatch(/^large.*^small/ms);
    expect(place.run('list')).toMatch(/^large .*^small [^\0]*exit 0/ms);
    expect(place.run('list')).not.toContain('seed-race');
    expect(place.run('matrix')).toMatch(/^large.*^small/ms);
    expect(place.runIn('models/deep', 'check', '--all')).toContain('2 checks');
  });

  test('a scenario is found by its name, and the printed command repeats it', () => {
    const output = place.run('check', 'large');
    const [, words = ''] = /^ {2}racewright (replay large .*)$/m.exec(output) ?? [];
    expect(words).not.toBe('');
    expect(place.run(...words.split(' '))).toContain('at most 3');
  });

  test('the scenarios that come with racewright are found by name, or with --cloud', () => {
    expect(place.run('check', 'seed-race', '--set', 'lock=both')).toContain('exit 0');
    expect(place.run('list', '--cloud')).toMatch(/^seed-race /m);
  });
});

describe('a project in which something is wrong', () => {
  test.each([
    [
      'does not compile',
      "export default { scenarios: ['models' };",
      /error: Expected .*\n *at racew/,
    ],
    ['throws', "throw new Error('no');", 'it throws while it is loaded: Error: no'],
    ['exports nothing', 'export const config = {};', 'the configuration has no default export'],
    ['has an unknown key', config("{ scenrios: 'models' }"), "Did you mean 'scenarios'?"],
    ['has an unknown default', config('{ check: { maxTme: 1 } }'), "Did you mean 'maxTime'?"],
    ['has a wrong value', config('{ check: { maxTime: 0 } }'), "'check.maxTime' is not what"],
    ['is a number', 'export default 1;', 'the configuration is no object'],
    ['names no file', config("{ scenarios: ['model/*.ts'] }"), "'model/*.ts' matches no file"],
    ['names a file that is not there', config("{ scenarios: 'small.ts' }"), "no file 'small.ts'"],
    [
      'wants an unknown report',
      config("{ reports: { junitt: 'r.xml' } }"),
      "Did you mean 'junit'?",
    ],
  ])('is an error: the configuration %s', (_, text, message) => {
    const output = project({ 'racewright.config.ts': text }).run('check', '--all');
    expect(output).toMatch(message);
    expect(output).toContain('exit 2');
  });

  test('checks the others beside a file that is broken', () => {
    const place = project({ 'models/broken.ts': 'export const x = ;' });
    expect(place.run('check', '--all')).toMatch(
      /3 checks: 1 holds, 1 violated, 1 broken; all as expected[\s\S]*models\/broken\.ts:1:18[\s\S]*exit 2/,
    );
    expect(place.run('list')).toMatch(/^large[\s\S]*broken\.ts:1:18[\s\S]*exit 2/m);
    expect(place.run('check', 'gone')).toContain('These could not be read: models/broken.ts.');
  });

  test('refuses two scenarios of one name, by name and all together', () => {
    const place = project({ 'models/again.ts': counter('small', 1) });
    expect(place.run('check', '--all')).toMatch(
      /2 scenarios are called 'small'\n *at models\/again\.ts, models\/small\.ts[\s\S]*exit 2/,
    );
    expect(place.run('check', 'small')).toMatch(
      /2 scenarios are called 'small'\n *Say which is meant: models\/again.ts, models\/small.ts/,
    );
  });
});

test('a name means the scenario of the project where one that comes with racewright has it too', () => {
  const place = project({ 'models/refused.ts': counter('refused', 1) });
  expect(place.run('list', 'refused')).toContain('Counts to 1.');
  expect(place.run('list', '--cloud', 'refused')).not.toContain('Counts to 1.');
});

test('a directory and a pattern mean the scenarios in their files, with and without a project', () => {
  const place = makePlace();
  place.write({ 'm/small.ts': counter('small', 2), 'm/[x]/odd.ts': counter('odd', 1) });
  expect(place.run('check', 'm', '--all')).toContain('2 checks: 2 holds');
  expect(place.run('check', 'm/*.ts', '--all')).toMatch(/^✓ holds .* small/m);
  expect(place.run('check', 'm/[x]/odd.ts', '--all')).toMatch(/^✓ holds .* odd/m);
  expect(place.run('check', 'n/*.ts')).toMatch(
    /the pattern 'n\/\*\.ts' matches no file[\s\S]*exit 2/,
  );
  place.write({ 'empty/.keep': '' });
  expect(place.run('check', 'empty')).toMatch(
    /no TypeScript or JavaScript file is in[\s\S]*exit 2/,
  );
});

test('defaults and reports of the configuration hold unless a flag says otherwise', () => {
  const place = project({
    'racewright.config.ts': config(
      "{ scenarios: 'models', check: { maxStates: 2 }, reports: { json: 'out/r.json' } }",
    ),
  });
  expect(place.runIn('models', 'check', '--all')).toContain('exit 3');
  const { results } = JSON.parse(readFileSync(join(place.folder, 'out/r.json'), 'utf8'));
  expect(results).toHaveLength(2);
  expect(place.run('check', '--all', '--max-states', '100')).toContain('exit 0');
  expect(place.run('matrix')).toContain('exit 3');
});

describe('racewright init', () => {
  test('begins a project whose expectations are met, and overwrites nothing', () => {
    const place = makePlace();
    expect(place.run('init')).toMatch(/next: racewright check[\s\S]*exit 0/);
    expect(place.run('check', '--all')).toContain('2 checks: 1 holds, 1 violated; all as expected');
    expect(place.run('init')).toMatch(/init overwrites nothing[\s\S]*exit 2/);
  });

  test('adds a script to package.json and keeps the rest as it is', () => {
    const place = makePlace();
    const before = '{\n\t"name": "mine",\n\t"scripts": {\n\t\t"test": "vitest"\n\t}\n}\n';
    place.write({ 'package.json': before });
    place.run('init');
    const races = '"test": "vitest",\n\t\t"races": "racewright check --all"';
    const after = readFileSync(join(place.folder, 'package.json'), 'utf8');
    expect(after).toBe(before.replace('"test": "vitest"', races));
  });

  test.each(['{', '[]', '{ "scripts": 1 }'])(
    'writes nothing beside the package.json %s',
    (text) => {
      const place = makePlace();
      place.write({ 'package.json': text });
      expect(place.run('init')).toContain('exit 2');
      expect(existsSync(join(place.folder, 'racewright.config.ts'))).toBe(false);
    },
  );

  test('writes a workflow only at the root of a repository', () => {
    const place = makePlace();
    place.write({ '.git/HEAD': '' });
    place.run('init', 'packages/one');
    const workflow = (folder: string) =>
      existsSync(join(place.folder, folder, '.github/workflows/racewright.yml'));
    expect(workflow('packages/one')).toBe(false);
    place.run('init');
    expect(workflow('.')).toBe(true);
  });
});
