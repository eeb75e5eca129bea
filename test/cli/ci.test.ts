import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { enabledAfter } from '../../src/checker/runs/enabled-after.ts';
import {
  afterKey,
  type Follow,
  stepsAfter,
  upTo,
  type Walk,
  walkAt,
} from '../../src/cli/commands/step-through.ts';
import { replay } from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { makePlace } from './run.ts';

const place = makePlace();
place.write({
  'counter.ts': `
import { spec } from 'racewright';
const world = spec<{ n: number }>();
export const counter = world.scenario({
  name: 'counter',
  about: 'It counts to two.',
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [world.action({ name: 'tick', when: (s) => s.n < 2, do: (s) => { s.n += 1; } })],
    properties: [world.always('it stays below two', (s) => s.n < 2)],
    final: 'anywhere',
  }),
});
`,
});

/** Runs `check counter.ts --ci` as a CI system would. */
function runInCi(env: NodeJS.ProcessEnv) {
  return spawnSync(process.execPath, [place.command, 'check', 'counter.ts', '--ci'], {
    cwd: place.folder,
    env: { ...place.env, ...env },
    encoding: 'utf8',
  });
}

describe('racewright check --ci', () => {
  test('racewright check --ci writes JUnit and SARIF anywhere', () => {
    const { status, stdout, stderr } = runInCi({ GITHUB_ACTIONS: undefined });
    expect(status).toBe(1);
    expect(stdout).not.toContain('::error');
    expect(stderr).toBe(
      'wrote racewright-report/junit.xml and racewright-report/racewright.sarif\n',
    );
    expect(readdirSync(join(place.folder, 'racewright-report')).sort()).toEqual([
      'junit.xml',
      'racewright.sarif',
    ]);
  });

  test('racewright check --ci adds annotations on the guilty lines and a step summary on GitHub', () => {
    const summary = join(place.folder, 'summary.md');
    const { stdout } = runInCi({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    expect(stdout.match(/^::error file=counter\.ts,line=\d+,/gm)).toHaveLength(1);
    const text = readFileSync(summary, 'utf8');
    expect(text).toContain('### counter');
    expect(text).toContain('```mermaid');
  });
});

describe('racewright replay --step', () => {
  const trace = replay(seedRace, ['detach1.start', 'detach1.count_attachments']);
  const whole = {
    scenario: 'seed-race',
    parameters: {},
    shown: {},
    trace,
    failures: [{ step: 2, kind: 'always' as const, name: 'something', part: undefined }],
    unjudged: [],
    enabled: ['detach1.disconnect_volume'],
  };

  test('keys of racewright replay --step go on, back, to the start, to the end, and out', () => {
    expect(['right', 'j', 'space'].map((key) => stepsAfter(key, 1, 5))).toEqual([2, 2, 2]);
    expect(['left', 'k'].map((key) => stepsAfter(key, 1, 5))).toEqual([0, 0]);
    expect([stepsAfter('home', 3, 5), stepsAfter('end', 3, 5)]).toEqual([0, 5]);
    expect([stepsAfter('left', 0, 5), stepsAfter('right', 5, 5)]).toEqual([0, 5]);
    expect([stepsAfter('q', 3, 5), stepsAfter('x', 3, 5)]).toEqual([undefined, 3]);
  });

  test('racewright replay --step shows no later steps in a view of the first ones', () => {
    const first = upTo(whole, 1);
    expect(first.trace.schedule).toEqual(['detach1.start']);
    expect(first.failures).toEqual([]);
    expect(first.enabled).toEqual(['detach1.count_attachments']);
    expect(upTo(whole, 2)).toEqual(whole);
  });

  const follow: Follow = (schedule) => {
    const followed = replay(seedRace, schedule);
    return { ...whole, trace: followed, failures: [], enabled: enabledAfter(seedRace, followed) };
  };
  const keys = (...names: readonly string[]) =>
    names.reduce(
      (walk: Walk | undefined, key) => walk && afterKey(walk, key, follow),
      walkAt(whole, 0, follow),
    );

  test('racewright replay --step takes any enabled step, which replaces the rest of the run', () => {
    expect(keys()?.enabled).toEqual(['attach1.start', 'detach1.start']);
    expect(keys('2')?.replay).toBe(whole);
    const other = keys('2', '1');
    expect(other?.replay.trace.schedule).toEqual(['detach1.start', 'attach1.start']);
    expect(other?.steps).toBe(2);
    expect(other?.enabled).toEqual(enabledAfter(seedRace, other?.replay.trace ?? trace));
    expect(keys('9')).toEqual(keys());
    expect(keys('0')).toEqual(keys());
  });

  test('racewright replay --step waits for Enter where one digit may be the first of two', () => {
    const many = Array.from({ length: 12 }, (_, i) => `p.step${i + 1}`);
    const taken: string[] = [];
    const notes: Follow = (schedule) => {
      taken.push(...schedule);
      return { ...whole, trace: { ...trace, schedule, steps: [] } };
    };
    const walk = { replay: whole, steps: 0, enabled: many, typed: '' };
    const one = afterKey(walk, '1', notes);
    expect([one?.typed, taken]).toEqual(['1', []]);
    afterKey(one ?? walk, '2', notes);
    afterKey(one ?? walk, 'return', notes);
    afterKey(walk, '3', notes);
    expect(taken).toEqual(['p.step12', 'p.step1', 'p.step3']);
  });

  test('racewright replay --step says that it needs a terminal', () => {
    expect(place.run('replay', 'seed-race', '--step', 'detach1.start')).toMatchInlineSnapshot(`
      "$ racewright replay seed-race --step detach1.start
      on stderr:
      error: there is no keyboard to step with
        at --step
        Run it in a terminal, or leave --step out to see the whole run.

      exit 2"
    `);
  });
});

describe('racewright check --watch', () => {
  test('racewright check --watch checks again when the file changes', async () => {
    const child = spawn(process.execPath, [place.command, 'check', 'counter.ts', '--watch'], {
      cwd: place.folder,
      env: place.env,
    });
    let stdout = '';
    let watching = 0;
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    await new Promise<void>((done) => {
      child.stderr.on('data', (chunk) => {
        if (!String(chunk).includes('watching')) return;
        watching += 1;
        if (watching === 1) appendFileSync(join(place.folder, 'counter.ts'), '// changed\n');
        else child.kill('SIGINT');
      });
      child.on('exit', () => done());
    });
    expect(stdout.match(/VIOLATED/g)).toHaveLength(2);
  });
});
