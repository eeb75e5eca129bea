import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = new URL('../docs/glossary.md', import.meta.url);
const rows = readFileSync(page, 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!word )/.test(line));

test('the source that an entry of the glossary names has the name of the entry', () => {
  expect(rows.length).toBeGreaterThan(50);
  const wrong = rows.filter((row) => {
    const [, name = '', file = ''] = /\| \[`(\w+)`\]\(([^)]+)\) \|$/.exec(row) ?? [];
    return (
      file === '' || !new RegExp(`\\b${name}\\b`).test(readFileSync(new URL(file, page), 'utf8'))
    );
  });
  expect(wrong).toEqual([]);
});

test('no word of the glossary has two entries', () => {
  const words = rows.map((row) => row.split('|')[1]?.trim());
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
});
