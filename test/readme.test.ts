import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { makePlace } from './cli/run.ts';

/**
 * The commands that pages show, run. Blocks of the README with `file=` are written to disk, and so
 * are the files in examples/. Of a console block each `$ racewright …` is run and must print the
 * lines below it; seconds and milliseconds are left out of the comparison. The page of a folder in
 * examples/ runs in that folder.
 */
const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const blocksOf = (page: string) =>
  [...page.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map(
    ([, language = '', info = '', text = '']) => ({ language, info, text }),
  );
const blocks = blocksOf(read('README.md'));
const files = blocks.flatMap(({ info, text }) => {
  const name = /file=(\S+)/.exec(info)?.[1];
  return name === undefined ? [] : [[name, text] as const];
});
const commandsOf = (page: string) =>
  blocksOf(read(page))
    .filter(({ language }) => language === 'console')
    .flatMap(({ text }) => text.split(/^\$ racewright /m).slice(1))
    .map((example) => {
      const [command = '', ...printed] = example.split('\n');
      return { page, command, printed: printed.join('\n').trim() };
    });
const examples = readdirSync(new URL('../examples/', import.meta.url), { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();
const folders = [...new Set(examples.map((name) => dirname(name)))].filter((name) => name !== '.');
const pages = [
  'README.md',
  'examples/README.md',
  ...folders.map((name) => `examples/${name}/README.md`),
];
const commands = pages.flatMap(commandsOf);
/** Where the commands of a page run, below the folder that they are written to. */
const folderOf = (page: string) =>
  folders.find((name) => page === `examples/${name}/README.md`) ?? '.';

const place = makePlace();
place.write(Object.fromEntries(examples.map((name) => [name, read(`examples/${name}`)])));
place.write(Object.fromEntries(files));

const snippets = blocks
  .filter(({ language, info }) => language === 'ts' && info === '')
  .map(({ text }, i) => [`snippet-${i + 1}.ts`, text] as const);
place.write(Object.fromEntries(snippets));

test.each(snippets)('the example of the README runs: %s', async (file) => {
  const dist = fileURLToPath(new URL('../dist/index.js', import.meta.url));
  const outfile = `${place.folder}/${file}.mjs`;
  await build({
    entryPoints: [`${place.folder}/${file}`],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    alias: { racewright: dist },
    logLevel: 'silent',
  });
  const { stderr } = spawnSync(process.execPath, [fileURLToPath(pathToFileURL(outfile))], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
});

test('the README shows the test that init writes', () => {
  const shown = blocks.filter(({ info }) => info === ' test').map(({ text }) => text);
  expect(shown).toEqual([read('templates/scenarios/withdraw.test.ts')]);
});

test('the pages show commands', () => {
  expect(commands.length).toBeGreaterThanOrEqual(8);
});

test.each(files)('the README shows examples/%s', (name, text) => {
  expect(text).toBe(read(`examples/${name}`));
});

test.each(examples)('a page runs examples/%s', (name) => {
  const ran = commands.flatMap(({ page, command }) =>
    command.split(' ').map((word) => posix.join(folderOf(page), word)),
  );
  expect(ran).toContain(name);
});

test.each(folders)('the page of examples/%s checks all expectations of the folder', (folder) => {
  const files = examples.filter((name) => dirname(name) === folder).map((name) => basename(name));
  const all = commands
    .filter(({ page, command }) => folderOf(page) === folder && command.startsWith('check --all '))
    .flatMap(({ command }) => command.split(' ').slice(2));
  expect(all.sort()).toEqual(files);
});

/** A command that takes long on a busy machine tells how far it is. */
const isProgress = (line: string) =>
  /^(\d+ of \d+ )?\S.*: [\d,]+ states.* \([\d,.]+ ?[kM]?\/s\)/.test(line);
const withoutProgress = (text: string) =>
  text
    .split('\n')
    .filter((line) => !isProgress(line))
    .join('\n');

/** How long it took is not part of what must be true. */
const settled = (text: string) => text.replace(/\d+(\.\d+)? (ms|s)\b/g, '# s').trim();

test.each(commands)('$page: racewright $command', ({ page, command, printed }) => {
  const { stdout, stderr } = spawnSync(process.execPath, [place.command, ...command.split(' ')], {
    cwd: join(place.folder, folderOf(page)),
    env: { ...place.env, COLUMNS: '100' },
    encoding: 'utf8',
  });
  expect(withoutProgress(stderr)).toBe('');
  expect(settled(stdout)).toBe(settled(printed));
});
