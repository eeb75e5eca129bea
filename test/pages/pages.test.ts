import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { examples, type Page, pagesIn, readPage, withOutput } from './page.ts';
import { makePagePlace } from './page-place.ts';
import { type Job, runJobs } from './run-jobs.ts';

/**
 * All code that pages show runs. Blocks with `file=` are written to a folder of the page. Of a
 * console block each `$ racewright …` is run and must print what stands below it.
 * `npx vitest run test/pages -u` writes what it prints into the pages.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const models = examples();
const folders = [...new Set(Object.keys(models).map((path) => dirname(path)))];
const pageOf = (folder: string) => join('examples', folder, 'README.md');
const skill = 'skills/racewright/SKILL.md';
const recipes = pagesIn('docs/cookbook').map(readPage);
const pages = [
  ...['README.md', skill, ...folders.map(pageOf), ...pagesIn('docs')].map(readPage),
  ...recipes,
];

/** The README and the pages of docs may show commands about the models in examples/. */
const isGuide = (path: string) => path === 'README.md' || /^docs\/[^/]+$/.test(path);

/** The models that a page uses without showing them: those of its folder in examples/. */
const modelsBeside = ({ path }: Page) => {
  const folder = folders.find((each) => pageOf(each) === path) ?? (isGuide(path) ? '.' : '');
  const beside = Object.entries(models).filter(([model]) => dirname(model) === folder);
  return Object.fromEntries(beside.map(([model, text]) => [basename(model), text]));
};
const place = await makePagePlace(pages, modelsBeside);

/** Every job with what it is of. A recipe is asked for all of its expectations, too. */
const jobs: readonly (Job & { readonly page: Page; readonly of: string })[] = [
  ...pages.flatMap((page) =>
    page.commands.map(({ words }) => ({
      page,
      of: 'command',
      folder: place.folderOf(page),
      words,
    })),
  ),
  ...place.modules.map(([page, of, module]) => ({ page, of, module })),
  ...recipes.map((page) => ({
    page,
    of: 'expectations',
    folder: place.folderOf(page),
    words: ['check', '--all', ...Object.keys(page.files)],
  })),
];
const printed = runJobs(place, jobs);
const printedOf = (page: Page, of: string) =>
  printed.filter((_, i) => jobs[i]?.page === page && jobs[i]?.of === of);

/**
 * How long it took is not part of what must be true, nor where the sentence with it breaks: a time
 * of one more digit moves the words behind it.
 */
const settled = (text: string) =>
  text
    .replace(/\d+(\.\d+)? (ms|s)\b/g, '# s')
    .replace(/# s;[\s\S]*/g, (rest) => rest.replace(/\s+/g, ' '))
    .trim();

const withCommands = pages.filter(({ commands }) => commands.length > 0);

test.each(withCommands)('$path shows what its commands print', async (page) => {
  const outputs = printedOf(page, 'command').map(({ stdout, stderr }, i) => {
    const now = [stdout, stderr].filter((text) => text !== '').join('\n');
    const shown = page.commands[i]?.printed ?? '';
    return settled(now) === settled(shown) ? shown : now;
  });
  await expect(withOutput(page, outputs)).toMatchFileSnapshot(page.file);
});

test('no page is read wrongly: writing what it shows gives the page', () => {
  for (const page of pages) {
    expect(
      withOutput(
        page,
        page.commands.map(({ printed: shown }) => shown),
      ),
    ).toBe(page.text);
  }
});

test('the pages show commands and snippets', () => {
  expect(pages.flatMap(({ commands }) => commands).length).toBeGreaterThanOrEqual(40);
  expect(place.modules.length).toBeGreaterThanOrEqual(15);
});

test.each(place.modules.map(([page, name]) => ({ page, name, path: page.path })))(
  'the example of $path runs: $name',
  ({ page, name }) => {
    expect(printedOf(page, name)).toEqual([expect.objectContaining({ code: 0, stderr: '' })]);
  },
);

test('the code of all pages compiles under strict rules', () => {
  place.write({ 'tsconfig.json': JSON.stringify(strict) });
  const tsc = `${root}node_modules/typescript-native/bin/tsc`;
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', place.folder], {
    cwd: place.folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('the README shows examples as they are', () => {
  const shown = Object.entries(readPage('README.md').files);
  expect(shown.length).toBeGreaterThan(0);
  for (const [name, text] of shown) expect(text).toBe(models[name]);
});

test('the tests that pages show pass', () => {
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--no-color'], {
    cwd: place.folder,
    env: place.env,
    encoding: 'utf8',
  });
  expect({ stdout, status }).toEqual({
    stdout: expect.stringMatching(/Tests +6 passed/),
    status: 0,
  });
});

test('the README shows the test that init writes', () => {
  const written = readFileSync(`${root}templates/scenarios/withdraw.test.ts`, 'utf8');
  expect(readPage('README.md').tests).toEqual([written]);
});

test.each(folders)('a page runs each model in the folder examples/%s', (folder) => {
  const page = readPage(pageOf(folder));
  const words = [page, ...(folder === '.' ? [readPage('README.md')] : [])].flatMap((each) =>
    each.commands.flatMap((command) => command.words),
  );
  expect(words).toEqual(expect.arrayContaining(Object.keys(modelsBeside(page))));
});

test.each(folders.filter((folder) => folder !== '.'))(
  'the page of examples/%s checks all of its expectations',
  (folder) => {
    const page = readPage(pageOf(folder));
    const all = page.commands.filter(({ words }) => words[0] === 'check' && words[1] === '--all');
    expect(all.flatMap(({ words }) => words.slice(2)).sort()).toEqual(
      Object.keys(modelsBeside(page)),
    );
  },
);

test.each(recipes)('the model of $path does what it expects of each point', (page) => {
  expect(printedOf(page, 'expectations')).toEqual([
    expect.objectContaining({ code: 0, stderr: '' }),
  ]);
});

test.each(recipes)('$path shows a violation, then a value with which the model holds', (page) => {
  const [first, ...others] = page.commands.map(({ printed: text }) => text);
  expect(first).toContain('VIOLATED');
  expect(others.join('\n')).toMatch(/\bholds\b/);
});

test.each(recipes)('the model of $path has fewer than 60 lines and 10,000 states', (page) => {
  const [text, ...more] = Object.values(page.files);
  expect(more).toEqual([]);
  expect(text?.split('\n').filter((line) => line.trim() !== '').length).toBeLessThan(60);
  const counts = printedOf(page, 'expectations').flatMap(({ stdout }) =>
    [...stdout.matchAll(/([\d,]+) states/g)].map(([, count = '']) => count.replace(',', '')),
  );
  expect(Math.max(...counts.map(Number))).toBeLessThan(10_000);
});

test('the index links every page of docs', () => {
  const index = readPage('docs/README.md').text;
  const linked = pagesIn('docs').concat(pagesIn('docs/cookbook'));
  const missing = linked.filter(
    (path) => path !== 'docs/README.md' && !index.includes(`(${path.replace('docs/', '')})`),
  );
  expect(missing).toEqual([]);
});

/** Of a project that asks as much of its types as it can. */
const strict = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    moduleDetection: 'force',
    allowImportingTsExtensions: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: false,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ['*/*.ts'],
};
