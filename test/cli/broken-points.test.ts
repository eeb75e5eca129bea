import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

/** A scenario whose step does `body` at the point k=b and counts elsewhere. */
const scenario = (name: string, body: string): string => `
export const ${name} = s.scenario({
  name: '${name}',
  about: 'It counts.',
  parameters: { k: choice(['a', 'b', 'c']) },
  expect: [{ given: { k: 'a' } }, { given: { k: 'b' } }, { given: { k: 'c' } }],
  system: ({ k }) => ({
    init: () => ({ n: 0 }),
    actions: [s.action({ name: 'count', do: (state) => { if (k === 'b') { ${body} } state.n = 1; } })],
    final: 'anywhere',
  }),
});`;
const head = "import { choice, spec } from 'racewright';\nconst s = spec<{ n: number }>();";

place.write({
  'counts.ts': `${head}${scenario('counts', "throw new Error('no b');")}`,
  'exits.ts': `${head}${scenario('exits', 'process.exit(0);')}`,
  'exits-on-loading.ts': `${head}\nprocess.exit(0);${scenario('late', '')}`,
  'exits-another-way.ts': `import { exit } from 'node:process';\n${head}${scenario('other', 'exit(0);')}`,
  'waits.ts': `${head}\nawait new Promise(() => {});${scenario('waits', '')}`,
});

describe('a point at which the model is broken', () => {
  test('a point at which the model is broken is reported with its settings, and the others are checked', () => {
    expect(place.run('check', 'counts.ts', '--all')).toMatchInlineSnapshot(`
      "$ racewright check counts.ts --all
      ✓ holds             2 states  counts
      ✗ broken                       counts k=b
      ✓ holds             2 states  counts k=c

      3 checks: 2 holds, 1 broken; all as expected

      on stderr:
      error: it threw Error: no b
        at scenario 'counts' with --set k=b, action 'count'
        Thrown at counts.ts:10:81.

      exit 2"
    `);
  });

  test('a point at which the model is broken is a cell of a matrix', () => {
    expect(place.run('matrix', 'counts.ts')).toMatchInlineSnapshot(`
      "$ racewright matrix counts.ts
      counts

        k   verdict, states
        a   holds  2
        b   broken
        c   holds  2

        3 points: 2 hold, 1 broken; expectations stated for 2, all met

      on stderr:
      error: it threw Error: no b
        at scenario 'counts' with --set k=b, action 'count'
        Thrown at counts.ts:10:81.

      exit 2"
    `);
  });

  test('a point at which the model is broken stands in the document, beside the results of the others', () => {
    for (const command of [
      ['check', 'counts.ts', '--all'],
      ['matrix', 'counts.ts'],
    ]) {
      const output = place.run(...command, '--json');
      const { results, error, errors } = JSON.parse(output.slice(output.indexOf('{'), -6));
      expect(results.map(({ parameters }: { parameters: object }) => parameters)).toEqual([
        { k: 'a' },
        { k: 'c' },
      ]);
      const problem = {
        what: 'it threw Error: no b',
        where: "scenario 'counts' with --set k=b, action 'count'",
      };
      expect(error).toMatchObject(problem);
      expect(errors).toMatchObject([{ scenario: 'counts', parameters: { k: 'b' }, ...problem }]);
      expect(output.slice(-6)).toBe('exit 2');
    }
  });

  test('a point at which the model is broken is an error of every report', () => {
    place.run('check', 'counts.ts', '--all', '--report', 'json=counts.json');
    const told = (format: string): string => place.run('report', 'counts.json', '--to', format);
    expect(told('junit').match(/<testsuite name="[^"]*"|<error message="[^"]*"/g)).toEqual([
      '<testsuite name="counts k=a"',
      '<testsuite name="counts k=c"',
      '<testsuite name="error"',
      '<error message="it threw Error: no b"',
    ]);
    expect(told('markdown')).toContain('it threw Error: no b');
    expect(told('sarif')).toContain('it threw Error: no b');
    expect(told('github')).toContain('::error title=the model is broken::it threw Error: no b');
  });
});

describe('a file that cannot be loaded', () => {
  test('a file that cannot be loaded does not keep another from being checked', () => {
    const output = place.run('check', 'exits-on-loading.ts', 'counts.ts');
    expect(output).toContain('2 checks: 1 holds, 1 broken');
    expect(output).toMatch(/exit 2$/);
  });
});

describe('a model that ends the process', () => {
  test.each([
    [
      'in a step',
      ['exits.ts', '--set', 'k=b'],
      'it ends the process: process.exit(0)',
      "scenario 'exits' with --set k=b, action 'count'",
    ],
    [
      'while it is loaded',
      ['exits-on-loading.ts'],
      'it ends the process: process.exit(0)',
      'exits-on-loading.ts',
    ],
    [
      'by the function that a module exports',
      ['exits-another-way.ts', '--set', 'k=b'],
      'it ends the process: process.exit(0)',
      "scenario 'other' with --set k=b, action 'count'",
    ],
    [
      'because it waits for what never comes',
      ['waits.ts'],
      'the model waits for something that never comes',
      null,
    ],
  ] as const)('a model that ends the process is an error: %s', (_, words, what, where) => {
    const text = place.run('check', ...words);
    expect(text).toContain(
      `on stderr:\nerror: ${what}\n${where === null ? '' : `  at ${where}\n`}`,
    );
    expect(text.slice(-6)).toBe('exit 2');
    const json = place.run('check', ...words, '--json');
    expect(JSON.parse(json.slice(json.indexOf('{'), -6)).error).toMatchObject({ what, where });
    expect(json.slice(-6)).toBe('exit 2');
  });
});
