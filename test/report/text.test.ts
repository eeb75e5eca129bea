import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plain } from '../../src/index.ts';
import { commandLines } from '../../src/report/shell-words.ts';
import { pad, shorten, widthOf, wrap } from '../../src/report/text-width.ts';
import { valueText } from '../../src/report/value-text.ts';

describe('the width of a text', () => {
  test('the width of a text counts wide characters twice, and accents and colours not at all', () => {
    expect(['in-use', '接続', 'é', 'e\u0301', '\u001b[31mred\u001b[39m'].map(widthOf)).toEqual([
      6, 4, 1, 1, 3,
    ]);
  });

  test('the width of a padded text is the padded width', () => {
    expect([pad('接続', 6), pad('接続', 6, 'left'), pad('接続', 2)]).toEqual([
      '接続  ',
      '  接続',
      '接続',
    ]);
  });
});

describe('a text that is too long', () => {
  test('a text that is too long is cut where a word ends, if that is near', () => {
    expect(shorten('{status: reserved, volume: new1}', 24)).toBe('{status: reserved,…');
    expect(shorten('{status: reserved}', 18)).toBe('{status: reserved}');
    expect(shorten('attachment-of-a-volume', 12)).toBe('attachment-…');
  });

  test('a text that is too long is cut between whole characters', () => {
    expect(shorten('接続接続', 4)).toBe('接…');
    expect(shorten('👩‍👩‍👧‍👧👩‍👩‍👧‍👧', 3)).toBe('👩‍👩‍👧‍👧…');
  });

  test('a text that is too long never takes more columns than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 30 }), (text, width) => {
        expect(widthOf(shorten(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrapped lines', () => {
  test('wrapped lines break between words, and in long words after a separator', () => {
    expect(wrap('one two  three', 7)).toEqual(['one two', 'three']);
    expect(wrap('--set flow=poc-v1|queens|rocky', 16)).toEqual([
      '--set',
      'flow=poc-v1|',
      'queens|rocky',
    ]);
    expect(wrap('unbreakable', 4)).toEqual(['unbr', 'eaka', 'ble']);
    expect(wrap('', 10)).toEqual([]);
  });

  test('wrapped lines lose nothing but spaces, and are not too long', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '|', ',', '接', '\n') });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (words, width) => {
        const lines = wrap(words, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
        expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
      }),
    );
  });
});

describe('a value', () => {
  test.each<[Plain, string]>([
    ['in-use', 'in-use'],
    ['', '""'],
    ['1', '"1"'],
    [1, '1'],
    [-0.5, '-0.5'],
    ['true', '"true"'],
    [true, 'true'],
    [null, 'null'],
    ['two words', '"two words"'],
    ['a\nb\u001b[2J', '"a\\nb\\u001b[2J"'],
    ['\u202egnitaert', '"\\u202egnitaert"'],
    [[], '[]'],
    [['a', ['b']], '[a, [b]]'],
    [{}, '{}'],
    [{ size: 1, 'a b': { of: null } }, '{size: 1, "a b": {of: null}}'],
  ])('the value %j is shown as %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  test('each value is shown in a form of its own', () => {
    const plain = fc.jsonValue();
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        const equal = JSON.stringify(one) === JSON.stringify(other);
        // What fast-check makes of JSON is plain data.
        expect(valueText(one as Plain) === valueText(other as Plain)).toBe(equal);
      }),
    );
  });
});

describe('a command to paste', () => {
  const shell = (lines: readonly string[]): string[] =>
    execFileSync('sh', ['-c', `printf '%s\\0' ${lines.join('\n')}`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);

  test('a command to paste goes on in a further line where it is too wide', () => {
    expect(commandLines(['racewright', 'replay', 'x', 'p1.go[to=a b]', "it's"], 24)).toEqual([
      'racewright replay x \\',
      "  'p1.go[to=a b]' \\",
      "  'it'\\''s'",
    ]);
  });

  test('a command to paste shows nothing that moves a cursor or turns the line around', () => {
    expect(commandLines(['replay', 'a\u202eb', "it's \u001b[31m"], 80)).toEqual([
      String.raw`replay 'a'"$(printf '\342\200\256')"'b' 'it'\''s '"$(printf '\033')"'[31m'`,
    ]);
  });

  test('a command to paste means the same words to a shell', () => {
    // One shell for all words: what NUL separates cannot contain it.
    const hidden = fc.constantFrom(
      '\u0001',
      '\u001b',
      '\u202e',
      '\u200b',
      '\ufeff',
      '\n',
      '\t',
      '\\',
    );
    const unit = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), hidden);
    const word = fc.string({ unit, minLength: 1 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 50, size: 'max' }), (words) => {
        expect(shell(commandLines(words, 30))).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });
});
