import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../src/scenarios/index.ts';

const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8');

interface Row {
  readonly id: string;
  readonly subject: string;
  /** The third column: scenarios in back quotes, and words. */
  readonly shown: string;
}

/** The rows of the table under "Every row and the scenarios that show it", from top to bottom. */
function listed(): readonly Row[] {
  const [, section = ''] = page.split('## Every row and the scenarios that show it');
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| ([RD]\d+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, id = '', subject = '', shown = '']) => ({ id, subject, shown }),
  );
}

const namesIn = (shown: string): readonly string[] =>
  [...shown.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const numbered = (letter: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);

/** Each scenario that says in its first word of which row it is, with that row. */
async function claimed(): Promise<readonly (readonly [row: string, scenario: string])[]> {
  const all = await Promise.all(Object.values(scenarios).map((load) => load()));
  return all.flatMap(({ name, about }) => {
    const [, row] = /^([RD]\d+)\b/.exec(about) ?? [];
    return row === undefined ? [] : [[row, name] as const];
  });
}

describe('the table of rows in docs/fidelity.md', () => {
  test('the table of rows in docs/fidelity.md has R1 to R48 and D1 to D38, each once and in order', () => {
    expect(listed().map(({ id }) => id)).toEqual([...numbered('R', 48), ...numbered('D', 38)]);
  });

  test('the table of rows in docs/fidelity.md names under each row every scenario that names this row', async () => {
    const rows = new Map(listed().map(({ id, shown }) => [id, namesIn(shown)]));
    const unnamed = (await claimed()).filter(
      ([row, name]) => rows.get(row)?.includes(name) !== true,
    );
    expect(unnamed).toEqual([]);
  });

  test('the table of rows in docs/fidelity.md names only scenarios that exist', () => {
    const names = listed().flatMap(({ shown }) => namesIn(shown));
    expect(names.filter((name) => !Object.hasOwn(scenarios, name))).toEqual([]);
  });

  test('the table of rows in docs/fidelity.md gives a row without a subject no scenario, and every other one at least one of its own', async () => {
    const shown = new Set((await claimed()).map(([row]) => row));
    const without = listed().filter(({ id }) => !shown.has(id));
    expect(without.map(({ id, subject, shown: words }) => `${id} ${subject} ${words}`)).toEqual([
      'R1 a detach counts the attachments of a shared session, an attach uses it, the detach ends it `seed-race`, `shared-connection`',
      ...['R9', 'R15', 'R25', 'R31', 'D2', 'D8'].map(
        (id) => `${id} – the description has no row of this number`,
      ),
    ]);
  });
});
