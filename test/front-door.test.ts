import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What a newcomer reads first agrees with what is there. */
const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest: {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: { readonly [name: string]: string };
} = JSON.parse(read('package.json'));
const markdown = (folder: string) =>
  readdirSync(new URL(`../${folder}`, import.meta.url)).filter((name) => name.endsWith('.md'));

test('every npm script that a page or CI names exists', () => {
  const pages = [
    ...[
      'README.md',
      'CONTRIBUTING.md',
      'examples/README.md',
      '.ci/run',
      '.github/workflows/ci.yml',
    ],
    ...['docs', 'docs/adr'].flatMap((folder) =>
      markdown(folder).map((name) => `${folder}/${name}`),
    ),
  ];
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/\bnpm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
});

test('CONTRIBUTING.md explains every npm script', () => {
  const page = read('CONTRIBUTING.md');
  const names = Object.keys(manifest.scripts).filter((name) => !name.startsWith('pre'));
  expect(names.filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(page))).toEqual([]);
});

test('docs/README.md lists every page and every decision', () => {
  const index = read('docs/README.md');
  const pages = markdown('docs').filter((name) => name !== 'README.md');
  const decisions = markdown('docs/adr').map((name) => `adr/${name}`);
  expect([...pages, ...decisions].filter((path) => !index.includes(`(${path})`))).toEqual([]);
});

test('each decision has a number of its own', () => {
  const numbers = markdown('docs/adr').map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('CHANGELOG.md has an entry with a date for the version of the package', () => {
  const [, newest] = /^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$/m.exec(read('CHANGELOG.md')) ?? [];
  expect(newest).toBe(manifest.version);
  expect(JSON.parse(read('package-lock.json')).packages[''].version).toBe(manifest.version);
});

test('the workflow runs on the oldest Node that the package takes, and on later lines', () => {
  const workflow = read('.github/workflows/ci.yml');
  const [, oldest] = /^>=(\d+)/.exec(manifest.engines.node) ?? [];
  expect(workflow).toContain(`container: node:${oldest}-`);
  const [, later = ''] = /^ +node: \[(.*)\]$/m.exec(workflow) ?? [];
  expect(later.split(', ')).toEqual(['22', '24', '26']);
});
