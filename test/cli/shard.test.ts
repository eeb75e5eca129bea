import { spawnSync } from 'node:child_process';
import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownMaker } from '../../src/cli/machines/maker.ts';
import { mustBeWhole } from '../../src/cli/machines/merge-parts.ts';
import { partOf } from '../../src/cli/machines/part.ts';
import { countFiles } from './machines-models.ts';
import { makePlace, type Place } from './run.ts';

const seed = Number(process.env['RACEWRIGHT_SEED'] ?? 1);

/** Files of packages must be older than the command, as they are where npm has installed them. */
function placeWith(files: { readonly [path: string]: string }): Place {
  const place = makePlace();
  place.write(files);
  const before = new Date(Date.now() - 60_000);
  for (const path of Object.keys(files)) utimesSync(join(place.folder, path), before, before);
  return place;
}

/** Writes one part, and returns the exit code. */
function part(place: Place, shard: string, file: string, words: readonly string[]): number | null {
  const { stdout, status } = spawnSync(
    process.execPath,
    [place.command, ...words, '--shard', shard],
    { cwd: place.folder, env: place.env, encoding: 'utf8' },
  );
  place.write({ [file]: stdout });
  return status;
}

function parts(place: Place, of: number, words: readonly string[]): readonly string[] {
  return Array.from({ length: of }, (_, i) => {
    const file = `part-${i + 1}.json`;
    part(place, `${i + 1}/${of}`, file, words);
    return file;
  });
}

/** All that a command prints, and its exit code, without the words that started it. */
const seen = (place: Place, ...words: readonly string[]): string =>
  place.run(...words).replace(/^.*\n/, '');

describe('merged parts print what one run prints, and end with its code', () => {
  const place = placeWith(countFiles);
  const commands = [
    ['check', '--all', 'count.ts', 'seed-race'],
    ['check', 'count.ts', '--set', 'most=3,4,5,6', '--why', '--json'],
    ['matrix', 'count.ts'],
    ['atlas', '--only', 'extend', '--json'],
    ['simulate', 'seed-race', '--seed', '7', '--seeds', '3', '--runs', '20', '--exact', '0'],
  ];

  test('in any order, however many they are', () => {
    const whole = new Map<readonly string[], string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (words, of, turn) => {
          const files = parts(place, of, words);
          const turned = [...files.slice(turn % of), ...files.slice(0, turn % of)];
          const local = whole.get(words) ?? seen(place, ...words);
          whole.set(words, local);
          expect(seen(place, 'merge', ...turned)).toBe(local);
        },
      ),
      { seed, numRuns: 2 },
    );
  });

  test('each part ends with the code of its own points', () => {
    const words = ['check', '--all', 'count.ts'];
    const codes = ['1/5', '3/5', '5/5'].map((shard) => part(place, shard, 'one.json', words));
    // As expected, broken, not as expected.
    expect(codes).toEqual([0, 2, 1]);
  });
});

describe('what does not belong together is refused by name', () => {
  const place = placeWith(countFiles);
  const words = ['check', 'count.ts', '--set', 'most=3,4'];
  const [one = '', two = ''] = parts(place, 2, words);
  const text = readFileSync(join(place.folder, two), 'utf8');

  test('a part that is missing', () => {
    expect(place.run('merge', two)).toMatchInlineSnapshot(`
      "$ racewright merge part-2.json
      on stderr:
      error: of 2 parts this one is missing: 1
        Make it: racewright check count.ts --set most=3,4 --shard 1/2

      exit 2"
    `);
  });
  test('a part that is there twice', () => {
    expect(place.run('merge', one, two, one)).toMatchInlineSnapshot(`
      "$ racewright merge part-1.json part-2.json part-1.json
      on stderr:
      error: both are part 1 of 2
        at part-1.json, part-1.json
        Name each once.

      exit 2"
    `);
  });
  const partIn = (file: string, changed: object = {}) => {
    const read = partOf(readFileSync(join(place.folder, file), 'utf8'), file);
    return { file, part: { ...read, maker: ownMaker(), ...changed } };
  };
  const refusal = (changed: object) => (): void => mustBeWhole([partIn(one), partIn(two, changed)]);

  test('another racewright, another command, another division, a part that was stopped', () => {
    expect(refusal({})).not.toThrow();
    expect(refusal({ maker: { ...ownMaker(), racewright: '0.0.1' } })).toThrow(
      /they have racewright \S+ and 0\.0\.1/,
    );
    expect(refusal({ maker: { ...ownMaker(), code: '00' } })).toThrow(/two different builds/);
    expect(refusal({ maker: { ...ownMaker(), timeZone: 'X' } })).toThrow(
      /the time zones \S+ and X/,
    );
    expect(refusal({ words: ['check', 'b.ts'] })).toThrow(/two commands: .* racewright check b.ts/);
    expect(refusal({ shard: { part: 2, of: 3 } })).toThrow(/one of 2 parts, and one of 3/);
    expect(refusal({ tasks: { count: 2, hash: '0' } })).toThrow(/points, bounds or faults differ/);
    expect(refusal({ answers: [] })).toThrow(/part 2 was stopped: it has 0 of 1 answers/);
  });
  test('a part that is damaged, is cut, or is something else', () => {
    place.write({ 'changed.json': text.replace(/"data": "..../, '"data": "AAAA') });
    expect(place.run('merge', one, 'changed.json')).toMatch(/is damaged[\s\S]*exit 2/);
    expect(() => partOf(text.slice(0, -9), two)).toThrow(/the file is cut/);
    expect(() => partOf('{}', two)).toThrow(/not a part of a command/);
  });
  test('another model, in a part or here', () => {
    const file = countFiles['count.ts'];
    place.write({ 'count.ts': file.replace('n <= 4', 'n <= 3') });
    part(place, '2/2', 'other.json', words);
    expect(place.run('merge', one, 'other.json')).toMatchInlineSnapshot(`
      "$ racewright merge part-1.json other.json
      on stderr:
      error: they have different models in 'count.ts'
        at part-1.json, other.json
        Use one version of it.

      exit 2"
    `);
    expect(place.run('merge', one, two)).toMatch(/different models in 'count.ts'[\s\S]*exit 2/);
    place.write({ 'count.ts': file });
    expect(place.run('merge', one, two)).toMatch(/exit 0/);
  });
  test('other bounds, by a configuration', () => {
    const config = 'export default { check: { maxStates: 2 } };';
    place.write({ 'racewright.config.mjs': config });
    part(place, '2/2', 'other.json', words);
    place.write({ 'racewright.config.mjs': 'export default {};' });
    expect(place.run('merge', one, 'other.json')).toMatch(
      /their points, bounds or faults differ[\s\S]*exit 2/,
    );
  });
});

test('a model that depends on the machine has no parts', () => {
  const place = placeWith({
    'count.ts': countFiles['count.ts'].replace(
      "import { start } from 'starts'",
      'const start = process.pid * 0',
    ),
  });
  expect(place.run('check', 'count.ts', '--shard', '1/2')).toMatchInlineSnapshot(`
    "$ racewright check count.ts --shard 1/2
    on stderr:
    error: 'count.ts' may be another model on another machine: it uses 'process'
      Let the model depend on its own code and parameters only.

    exit 2"
  `);
});

test('parts of a simulation need one seed', () => {
  expect(makePlace().run('simulate', 'seed-race', '--shard', '1/2')).toMatchInlineSnapshot(`
    "$ racewright simulate seed-race --shard 1/2
    on stderr:
    error: each part would draw a seed of its own
      at --shard
      Give the same --seed to all parts.

    exit 2"
  `);
});

test.each([['0/2'], ['3/2']])('%s is no part', (shard) => {
  expect(makePlace().run('check', 'seed-race', '--shard', shard)).toMatch(
    /Expected a part and their number: 1\/4 to 4\/4[\s\S]*exit 2/,
  );
});
