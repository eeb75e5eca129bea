import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The description of OpenStack keeps the words in which it was written. */
const exempt = ['docs/openstack.md', 'test/vocabulary.test.ts', 'test/checker/traps.md'];

const texts = ['src', 'test', 'bench', 'scripts', 'examples', 'docs']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  )
  .concat('README.md')
  .filter((path) => /\.(ts|tsx|mjs|md)$/.test(path) && !exempt.includes(path))
  .sort();

/** The lines of all files that match, as `file:line`. */
function places(word: RegExp, paths: readonly string[] = texts): string[] {
  return paths.flatMap((path) =>
    readFileSync(`${root}${path}`, 'utf8')
      .split('\n')
      .flatMap((line, i) => (word.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

test.each([
  ['names the actor, not nobody or somebody', /\b(nobody|somebody)\b/i],
  ['calls a step or an edge an action, not a deed', /(?<!in)deeds?\b|[a-z]Deeds?\b|\bDeed\b/],
  ['cites the description in the repository, not DOMAIN.md', /DOMAIN\.md/],
  ['calls what names a step a schedule entry, not a word', /(?<!A )\bschedule words?\b/],
])('every text %s', (_, word) => {
  expect(places(word)).toEqual([]);
});

test('properties have names that say what they ask, not codes', () => {
  const isModel = /^(src\/(model|scenarios|openstack)|test\/(model|scenarios|openstack))/;
  const code = /^(?!\s*(\*|\/[/*])).*(?<![\w.'"`/-])([SQV]\d{1,2}b?|P[1-3])(?=\.name|[,;)\]} ])/;
  expect(
    places(
      code,
      texts.filter((path) => isModel.test(path) && path.endsWith('.ts')),
    ),
  ).toEqual([]);
});

test('every line of a comment has at most 100 columns', () => {
  const long = /^(?=.{101})(?!.*biome-ignore)\s*(\/\/|\*|\/\*\*)/;
  const code = texts.filter((path) => !path.endsWith('.md'));
  expect(places(long, code)).toEqual([]);
});

test('every file of src and test has at most 300 lines, as wc counts them', () => {
  const long = texts
    .filter((path) => /^(src|test)\/.*\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(`${root}${path}`, 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});
