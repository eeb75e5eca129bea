import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundle } from '../../src/cli/loading/bundle.ts';
import { sealed } from '../../src/cli/loading/sealed-module.ts';
import { makePlace, type Place } from './run.ts';

/** A scenario of two files and a package, whose limit, step and start are read from them. */
const files = {
  'count.ts': `import { choice, spec } from 'racewright';
import { step } from './step.ts';
import { start } from 'starts';
const counting = spec<{ n: number }>();
export const counts = counting.scenario({
  name: 'counts',
  about: 'Counts.',
  parameters: { most: choice([3, 4]) },
  system: ({ most }) => ({
    init: () => ({ n: start }),
    final: 'anywhere',
    actions: [counting.action({
      name: 'count', when: ({ n }) => n < most, do: (state) => { state.n += step; } })],
    faults: [counting.fault({ name: 'jump', times: 0, do: (state) => { state.n = 5; } })],
    properties: [counting.always('at most 4', ({ n }) => n <= 4)],
  }),
});`,
  'step.ts': 'export const step = 1;',
  'node_modules/starts/package.json': '{ "name": "starts", "type": "module", "main": "index.js" }',
  'node_modules/starts/index.js': "export { start } from './deep.js';",
  'node_modules/starts/deep.js': 'export const start = 0;',
};

/** A place in which the verdict at the default point is kept. */
function warm(): Place {
  const place = makePlace();
  write(place, files);
  expect(check(place)).toMatch(/4 states.*in <time>;/);
  expect(check(place)).toMatch(/4 states.*in <time>, from the cache;/);
  return place;
}

const check = (place: Place, ...words: readonly string[]): string =>
  place.run('check', 'count.ts', '--cache', 'kept', ...words);

/** Files of packages must be older than the command, as they are where npm has installed them. */
function write(place: Place, changed: { readonly [path: string]: string }): void {
  place.write(changed);
  const before = new Date(Date.now() - 60_000);
  for (const path of Object.keys(changed)) utimesSync(join(place.folder, path), before, before);
}

describe('a verdict is searched anew', () => {
  const place = warm();

  test.each([
    ['the file', { 'count.ts': files['count.ts'].replace('n <= 4', 'n <= 2') }, 'VIOLATED'],
    ['a file that it imports', { 'step.ts': 'export const step = 5;' }, 'VIOLATED'],
    [
      'a package that it imports, far below',
      { 'node_modules/starts/deep.js': 'export const start = 5;' },
      'VIOLATED',
    ],
    [
      'an expectation',
      { 'count.ts': files['count.ts'].replace('}),\n});', '}),\n  expect: [{ states: 9 }],\n});') },
      'NOT as',
    ],
  ])('where %s has changed, and taken again where it is as before', (_, changed, found) => {
    write(place, changed);
    const output = check(place);
    expect(output).not.toContain('from the cache');
    expect(output).toContain(found);
    write(place, files);
    expect(check(place)).toContain('from the cache');
  });

  test.each([
    [['--set', 'most=4'], '5 states'],
    [['--faults', 'jump=1'], 'VIOLATED'],
    [['--depth-first'], '4 states'],
    [['--deadlock', 'stuttering'], '4 states'],
    [['--max-states', '100'], '4 states'],
    [['--counterexamples', '2'], '4 states'],
  ])('with %j', (words, found) => {
    const output = check(place, ...words);
    expect(output).not.toContain('from the cache');
    expect(output).toContain(found);
  });

  test('where the search was cut off', () => {
    for (const _ of [1, 2]) {
      expect(check(place, '--max-depth', '1')).not.toContain('from the cache');
    }
  });

  test('where its file in the cache is damaged, cut, empty, or that of another verdict', () => {
    check(place, '--set', 'most=4');
    const paths = readdirSync(join(place.folder, 'kept')).map((name) =>
      join(place.folder, 'kept', name),
    );
    const texts = paths.map((path) => readFileSync(path));
    const damages: ((bytes: Buffer, i: number) => Uint8Array)[] = [
      (bytes) => bytes.map((byte, at) => (at === bytes.length - 9 ? byte ^ 1 : byte)),
      (bytes) => bytes.subarray(0, bytes.length - 1),
      () => new Uint8Array(),
      (_, i) => texts[(i + 1) % texts.length] as Buffer,
    ];
    for (const damage of damages) {
      for (const [i, path] of paths.entries()) writeFileSync(path, damage(texts[i] as Buffer, i));
      expect(check(place)).toMatch(/4 states.*in <time>;/);
      expect(check(place)).toContain('from the cache');
    }
  });
});

test('a cache that cannot be written keeps no verdict from being found', () => {
  const place = makePlace();
  write(place, { ...files, kept: 'a file' });
  const output = check(place);
  expect(output).toContain('the cache cannot be written');
  expect(output).toContain('exit 0');
});

test('a verdict of a scenario that comes with racewright is kept, with its counterexample', () => {
  const place = makePlace();
  const run = () => place.run('check', 'seed-race', '--cache', 'kept', '--json');
  const [first, second] = [run(), run()];
  expect(second).toContain('"cached": true');
  expect(second.replace(/ +"cached": true,\n/, '')).toBe(first);
  expect(place.run('check', '--all', 'seed-race', '--cache', 'kept')).toContain(
    '(from\u00a0the\u00a0cache)',
  );
  expect(place.run('matrix', 'seed-race', '--set', 'lock=none', '--cache', 'kept')).toContain('A7');
});

describe('code that depends on more than itself is not sealed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'racewright-sealed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const seal = async (text: string) => {
    const file = join(folder, 'model.ts');
    writeFileSync(file, text);
    return sealed(await bundle(file));
  };

  test.each([
    "export const x = process.env['X'];",
    "const { env } = process; export const x = env['X'];",
    "export const x = globalThis['process'].env['X'];",
    'export const x = Date.now();',
    'const { now } = Date; export const x = now();',
    'export const x = Math.random();',
    'const { random } = Math; export const x = random();',
    "export const x = Math['random']();",
    'export const x = Math?.random();',
    "import { readFileSync } from 'node:fs'; export const x = readFileSync('/etc/hostname');",
    "import fs from 'fs'; export const x = fs.existsSync('x');",
    "export const x = await import(['data:text/javascript,', '1'].join(''));",
    'export const x = import.meta.url;',
    "export const x = (0, eval)('1');",
    "export const x = new Function('return 1')();",
    'export const x = performance.now();',
    "export const x = typeof window === 'undefined';",
    'export const x = new Intl.NumberFormat().format(1);',
    'export const x = crypto.randomUUID();',
  ])('%s', async (text) => {
    expect(await seal(text)).toHaveProperty('open');
  });

  test('but for what only has such a name', async () => {
    const text = `
      const process = { env: 1 }; function f(Date: number) { return Date + Math.max(1, 2); }
      export const x = [process.env, f(1), { self: 1, window: 2 }, ({ self: 1 }).self, Math.PI];`;
    expect(await seal(text)).toHaveProperty('hash');
  });

  test('and any change of the code changes the hash', async () => {
    const texts = ['export const x = 1;', 'export const x = 2;', 'export const y = 1;'];
    const hashes = await Promise.all(
      texts.map(async (text, i) => {
        const file = join(folder, `change-${i}.ts`);
        writeFileSync(file, text);
        return sealed(await bundle(file));
      }),
    );
    expect(new Set(hashes.map((each) => JSON.stringify(each))).size).toBe(texts.length);
  });
});
