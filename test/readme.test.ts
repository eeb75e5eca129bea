import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { makePlace } from './cli/run.ts';

/**
 * The examples of the README, run. Blocks with `file=` are written to disk; of a console block each `$ racewright …` is run
 * and must print what stands below it, seconds and milliseconds aside.
 */
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map(
  ([, language = '', info = '', text = '']) => ({ language, info, text }),
);
const files = blocks.flatMap(({ info, text }) => {
  const name = /file=(\S+)/.exec(info)?.[1];
  return name === undefined ? [] : [[name, text] as const];
});
const examples = blocks
  .filter(({ language }) => language === 'console')
  .flatMap(({ text }) => text.split(/^\$ racewright /m).slice(1))
  .map((example) => {
    const [command = '', ...printed] = example.split('\n');
    return { command, printed: printed.join('\n').trim() };
  });

const place = makePlace();
place.write(Object.fromEntries(files));

const snippets = blocks
  .filter(({ language, info }) => language === 'ts' && info === '')
  .map(({ text }, i) => [`snippet-${i + 1}.ts`, text] as const);
place.write(Object.fromEntries(snippets));

test.each(snippets)('README: %s runs', async (file) => {
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

test('the README has examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(3);
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

test.each(examples)('README: racewright $command', ({ command, printed }) => {
  const { stdout, stderr } = spawnSync(process.execPath, [place.command, ...command.split(' ')], {
    cwd: place.folder,
    env: { ...place.env, COLUMNS: '100' },
    encoding: 'utf8',
  });
  expect(withoutProgress(stderr)).toBe('');
  expect(settled(stdout)).toBe(settled(printed));
});
