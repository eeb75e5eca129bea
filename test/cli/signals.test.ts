import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

// Says on standard error that the search has begun, and never ends.
place.write({
  'endless.ts': `
import { choice, spec } from 'racewright';
const counting = spec<{ n: number }>();
let told = false;
export const endless = counting.scenario({
  name: 'endless',
  about: 'Counts for ever.',
  parameters: { never: choice([-1, 3]) },
  system: ({ never }) => ({
    init: () => ({ n: 0 }),
    actions: [counting.action({ name: 'count', do: (state) => {
      if (!told && state.n > 3) console.log('counting');
      told ||= state.n > 3;
      state.n += 1;
    } })],
    properties: [
      counting.never('it is what it must never be', ({ n }) => n === never),
      counting.reachable('it is negative', ({ n }) => n < 0),
    ],
  }),
});`,
});

const start = (...words: readonly string[]) =>
  spawn(process.execPath, [place.command, ...words], { cwd: place.folder, env: place.env });

/**
 * Sends a signal as soon as the search has begun; resolves to what was printed and the exit code.
 */
async function interrupt(signal: 'SIGINT' | 'SIGTERM', ...words: readonly string[]) {
  const child = start('check', 'endless.ts', ...words);
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.once('data', () => child.kill(signal));
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  return { output, code };
}

/** The verdicts of the first result of a JSON document, by property. */
function verdictsIn(output: string): object {
  const [{ properties, complete, stopReason }] = JSON.parse(output).results;
  const verdicts = properties.map((property: { name: string; verdict: string }) => [
    property.name,
    property.verdict,
  ]);
  return { complete, stopReason, ...Object.fromEntries(verdicts) };
}

describe('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'Ctrl-C (%s) prints that nothing is decided',
    async (signal) => {
      const { output, code } = await interrupt(signal, '--json');
      expect(verdictsIn(output)).toEqual({
        complete: false,
        stopReason: 'interrupted',
        'it is what it must never be': 'undecided',
        'it is negative': 'undecided',
        'something can always happen': 'undecided',
      });
      expect(code).toBe(3);
    },
  );

  test('Ctrl-C prints the violations that are known', async () => {
    const { output, code } = await interrupt('SIGINT', '--json', '--set', 'never=3');
    expect(verdictsIn(output)).toMatchObject({
      complete: false,
      'it is what it must never be': 'violated',
      'it is negative': 'undecided',
    });
    expect(code).toBe(1);
  });
});

describe('a reader who has had enough', () => {
  test('a reader that closes the pipe ends the command', async () => {
    const child = start(
      'check',
      'seed-race',
      '--set',
      'attaches=0,1,2,3',
      '--set',
      'detaches=1,2,3',
    );
    child.stdout.once('data', () => child.stdout.destroy());
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const code = await new Promise((resolve) => {
      child.on('exit', resolve);
    });
    expect({ code, errors }).toEqual({ code: 141, errors: '' });
  });
});

describe('a bound on time', () => {
  test('a bound on time leaves undecided the properties without an answer by then', () => {
    const output = place.run('check', 'endless.ts', '--max-time', '0.1');
    // How many levels fit into the time, and so what is seen to grow, depends on the machine.
    expect(
      output
        .replace(/[\d,]+ (states|generated|level)s?/g, 'N $1')
        .replace('on stderr:\ncounting\n\n', '')
        .replace(/^ +growing with every level: .*\n/m, '')
        .replace(/^ +next: .*\n(?: {8,}.*\n)*/m, ''),
    ).toMatchInlineSnapshot(`
      "$ racewright check endless.ts --max-time 0.1
      endless  never=-1
        Counts for ever.

        undecided  never        it is what it must never be
        undecided  reachable    it is negative
        undecided  no deadlock  something can always happen

        N states, N generated, N level in <time>
        NOT complete: stopped at the bound on time (--max-time)
        the scenario states no expectation for this point

      exit 3"
    `);
  });
});
