import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandLines, shellWord } from '../../src/report/shell-words.ts';
import { linesWithoutCommands } from '../../src/spec/visible.ts';

const numRuns = Number(process.env['RACEWRIGHT_WORDS_RUNS'] ?? 3);

/** What a program can be given: any text but NUL and halves of surrogate pairs. */
const argument = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      '',
      '-',
      '--',
      "'",
      '"',
      '\\',
      '!',
      '$x',
      '`a`',
      '*',
      '~',
      '=ls',
      '#',
      'a b',
      '\n',
    ),
    fc.constantFrom(
      '\u001b[31m',
      '\u202e',
      'a\\\n',
      "$'\\x41'",
      'é',
      '👨‍👩‍👧',
      '\u00a0',
      '{a,b}',
      'a;b',
      '&',
    ),
  )
  .map((text) => text.replace(/[\0\p{Cs}]/gu, ''));

/** What bash hands to a program that is called by each of these commands. */
function argvOf(commands: readonly string[], locale: string): string[][] {
  const calls = commands.map((command) => `show ${command}`).join('\n');
  const script = `show() { printf '%s\\0' "$#" "$@"; }\n${calls}`;
  const { stdout, status } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: locale },
  });
  expect(status).toBe(0);
  const texts = stdout.split('\0').slice(0, -1);
  const all: string[][] = [];
  while (texts.length > 0) all.push(texts.splice(0, 1 + Number(texts[0])).slice(1));
  return all;
}

describe('a command that is printed', () => {
  test.for(['C', 'C.UTF-8'])(
    'bash reads a printed command as the words that are meant, in the locale %s',
    (locale) => {
      fc.assert(
        fc.property(
          // A shell is started for all of them at once.
          fc.array(fc.array(argument, { minLength: 1, maxLength: 12 }), { minLength: 100 }),
          fc.integer({ min: 20, max: 120 }),
          (all, width) => {
            const commands = all.map((words) => commandLines(words, width).join('\n'));
            expect(argvOf(commands, locale)).toEqual(all);
          },
        ),
        { numRuns },
      );
    },
  );

  test('a printed command has nothing in it that a terminal would take for a command', () => {
    fc.assert(
      fc.property(argument, (word) => {
        // The end of a line stays, since a shell would drop an escaped one.
        expect(linesWithoutCommands(shellWord(word))).toBe(shellWord(word));
      }),
      { numRuns: 1000 * numRuns },
    );
  });
});

test('a JSON document keeps its values when characters that could move a cursor are escaped', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = JSON.stringify(value, null, 2);
      expect(JSON.parse(linesWithoutCommands(text))).toEqual(JSON.parse(text));
    }),
    { numRuns: 100 * numRuns },
  );
});
