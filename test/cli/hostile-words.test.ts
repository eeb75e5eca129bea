import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { linesWithoutCommands } from '../../src/spec/visible.ts';
import { makePlace } from './run.ts';

const place = makePlace();
place.write({
  'twins.ts': `
import { choice, spec } from 'racewright';
const s = spec<{ n: number }>();
const names = ['it\\'s', 'a.b', 'a', '"q"', '\\u202ebidi', 'nul\\0', 'two  blanks', 'é', 'e\\u0301', '-x', 'a=1,b[2]'];
const put = (name: string) => s.flow({
  name: 'flow of ' + name,
  steps: { [name](state: { n: number }, _self: unknown, pick: (name: string, options: readonly unknown[]) => unknown) {
    pick(name, [name, [name], { [name]: 1 }]);
    pick(name, [1]);
    state.n += 1;
  } } as never,
});
export const hostile = s.scenario({
  name: 'hostile',
  about: 'Names that a shell, a terminal or a reader could take for something else.',
  parameters: { kind: choice(['plain', "a b,c='d'\\u001b[31m"]) },
  system: () => ({
    init: () => [{ n: 5 }, { n: 0 }],
    processes: Object.fromEntries(names.map((name) => [name, put(name).start()])),
    faults: [s.fault({ name: 'x,y="1"', when: () => false, do() {} })],
    final: 'anywhere',
    properties: [s.never('all are done', (state) => state.n === names.length)],
  }),
});
`,
});

const bash = (script: string) =>
  spawnSync('bash', ['-c', script], { cwd: place.folder, env: place.env, encoding: 'utf8' });

/** No control but the end of a line, and nothing that turns text round. */
function expectHarmless(text: string): void {
  expect(linesWithoutCommands(text)).toBe(text);
}

/** The command below `to replay it:`. */
function replayCommand(text: string): string {
  const [, command = ''] = /to replay it:\n((?: {2}.*\\\n)* {2}.*)\n/.exec(text) ?? [];
  return command.replaceAll('racewright', `${process.execPath} ${place.command}`);
}

describe('names that a shell, a terminal or a reader could take for something else', () => {
  test('hostile names are printed so that the command that replays a counterexample can be pasted', () => {
    const flags = ["--set $'kind=a b,c=\\'d\\'\\x1b[31m'", `--faults '"x,y=\\"1\\""=2'`].join(' ');
    const check = bash(`${process.execPath} ${place.command} check twins.ts ${flags}`);
    expect(check.stdout).toContain('all are done');
    expectHarmless(check.stdout + check.stderr);
    const replay = bash(replayCommand(check.stdout));
    expect(replay.stderr).toBe('');
    expect(replay.stdout).toContain('after step 6 what must never be is true: all are done');
    expect(replay.stdout).toContain(`--faults "x,y=\\"1\\""=2`);
    // The run violates the property that it was found for.
    expect(replay.status).toBe(1);
  });

  test('hostile names are escaped where the command line named them', () => {
    const { stderr, stdout } = bash(
      `${process.execPath} ${place.command} check $'no\\x1b[2Jsuch\\xe2\\x80\\xae\\x07' ; ${process.execPath} ${place.command} replay twins.ts $'\\x1b[8m' --json`,
    );
    expect(stderr).toContain('no\\u001b[2Jsuch\\u202e\\u0007');
    expect(JSON.parse(stdout).error.what).toContain("'\u001b[8m'");
    expectHarmless(stderr + stdout);
  });

  test('names of 70,000 characters are neither compared with others nor printed in full', () => {
    for (const words of [
      'check $long',
      'check seed-race --set $long=1',
      'check seed-race --$long',
      'replay seed-race $long',
    ]) {
      // Seconds of processor time, which a busy machine does not use up.
      const limits = `ulimit -t 30; long=$(printf 'x%.0s' {1..70000})`;
      const { status, stderr } = bash(`${limits}; ${process.execPath} ${place.command} ${words}`);
      expect(stderr).toMatch(/^error: .*x{100}/s);
      expect(stderr.length).toBeLessThan(14_000);
      expect(status).toBe(2);
    }
  });
});
