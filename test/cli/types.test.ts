import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { typescriptFor } from '../../src/cli/loading/own-types.ts';
import { makePlace } from './run.ts';

const model = (property: string) => `
import { spec } from 'racewright';
const world = spec<{ n: number; doors: Record<string, { open: boolean }> }>();
const walk = world.flow({ name: 'walk', steps: { go(state) { state.n = 1; }, rest() {} } });
export const walks = world.scenario({
  name: 'walks',
  about: 'A walk of two steps.',
  system: () => ({
    init: () => ({ n: 0, doors: { front: { open: false } } }),
    processes: { ann: walk.start() },
    properties: [${property}],
  }),
});
`;

const place = makePlace();
place.write({
  'good.ts': model("world.always('it is small', (state) => state.n < 2)"),
  // A misspelt field of an entry is an absent value, which no search can tell from one that was
  // never set.
  'bad.ts': model("world.never('a door opens', world.some('doors', (door) => door.opne === true))"),
  'both.ts': model(
    "world.always('small', (state) => state.m < 2), world.sometimes('n', () => true)",
  ),
});
const { run } = place;

describe('racewright check --types', () => {
  test('racewright check --types prints what the types forbid, and ends with 2', () => {
    expect(run('check', 'bad.ts', '--types')).toMatchInlineSnapshot(`
      "$ racewright check bad.ts --types
      on stderr:
      error: Property 'opne' does not exist on type '{ readonly open: boolean; }'.
        at bad.ts:11:81
        Mend the type, or leave --types out.

      exit 2"
    `);
    expect(run('check', 'bad.ts')).toContain('exit 0');
  });

  test('racewright check --types says of each error where it is', () => {
    const text = run('check', 'both.ts', '--types');
    expect(text).toContain("error: Property 'm' does not exist");
    expect(text).toContain('at both.ts:11:57');
    expect(text).toContain(
      "Also: both.ts:11:71: Property 'sometimes' does not exist on type 'Spec<",
    );
    expect(text).toContain('exit 2');
  });

  test('racewright check --types checks a file without type errors as without the flag', () => {
    const [typed, plain] = [run('check', 'good.ts', '--types'), run('check', 'good.ts')];
    expect(typed).toContain('exit 0');
    expect(typed.split('\n').length).toBe(plain.split('\n').length);
  });

  test('racewright check --types takes only files', () => {
    const text = run('check', 'seed-race', '--types');
    expect(text).toContain("--types reads a file of yours, and 'seed-race' comes with racewright");
    expect(text).toContain('exit 2');
  });
});

test('racewright looks for TypeScript beside the file first, and its error says what to install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'racewright-types-'));
  const alone = join(folder, 'model.ts');
  expect(() => typescriptFor('model.ts', [alone])).toThrow(
    "--types needs TypeScript, which is installed neither for 'model.ts' nor for racewright",
  );
  expect(typescriptFor('model.ts', [alone, import.meta.filename]).createProgram).toBeTypeOf(
    'function',
  );
});
