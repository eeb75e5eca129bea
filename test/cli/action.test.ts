import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makePlace } from './run.ts';

interface Step {
  readonly name: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: { readonly [name: string]: string };
  readonly with?: { readonly [name: string]: string };
}

interface Action {
  readonly inputs: { readonly [name: string]: { readonly default: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const root = new URL('../../', import.meta.url);
const action: Action = parse(readFileSync(new URL('action.yml', root), 'utf8'));

const place = makePlace();
place.write({
  'withdraw.ts': readFileSync(new URL('templates/scenarios/withdraw.ts', root), 'utf8'),
  'wrong.ts': readFileSync(new URL('examples/withdraw.ts', root), 'utf8'),
});
// As in a project that has racewright installed; npm makes the command executable.
place.write({
  'node_modules/.bin/racewright': `#!/bin/sh\nexec "${process.execPath}" "${place.command}" "$@"\n`,
});
chmodSync(join(place.folder, 'node_modules/.bin/racewright'), 0o755);

const summary = join(place.folder, 'summary.md');

/** The value of `${{ inputs.name }}`. */
const valued = (text: string, inputs: { readonly [name: string]: string }): string =>
  text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
    return inputs[name] ?? action.inputs[name]?.default ?? 'unknown input';
  });

/** Runs a step as the runner of GitHub does: `bash -eo pipefail`, inputs in its environment. */
function runStep(name: string, inputs: { readonly [name: string]: string } = {}) {
  const step = action.runs.steps.find((each) => each.name === name);
  const env = Object.entries(step?.env ?? {}).map(([key, text]) => [key, valued(text, inputs)]);
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
    cwd: place.folder,
    env: {
      ...place.env,
      ...Object.fromEntries(env),
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    },
    encoding: 'utf8',
  });
}

test('no script of the action has an input in its text, where it would be code', () => {
  expect(action.runs.using).toBe('composite');
  expect(action.runs.steps.map(({ run }) => run ?? '').join('\n')).not.toContain('${{');
});

test('the steps of the action check, annotate, sum up with the grid, and write reports', () => {
  expect(runStep('Install').status).toBe(0);
  const { status, stdout } = runStep('Check', { scenarios: 'withdraw.ts\n' });
  expect(status).toBe(0);
  expect(stdout).toContain('::notice file=withdraw.ts,line=');
  const text = readFileSync(summary, 'utf8');
  expect(text).toContain('### withdrawals: 2 points: 1 hold, 1 violated');
  expect(text).toContain('| no | ❌ violated | the account is never overdrawn, 6 | 37 | yes |');
  expect(text).toContain('| yes | ✅ holds |  | 17 | yes |');
  const kept = action.runs.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
  const folder = valued(kept?.with?.['path'] ?? '', {});
  for (const file of ['report.json', 'report.html', 'junit.xml', 'racewright.sarif']) {
    expect(existsSync(join(place.folder, folder, file))).toBe(true);
  }
});

test('the check of the action fails with the exit code of the command, and annotates why', () => {
  const { status, stdout } = runStep('Check', { scenarios: 'wrong.ts' });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=wrong\.ts,line=\d+/m);
});

test.each(['$(touch pwned)', '"; touch pwned; "', '`touch pwned`', '--ci --json', "it's.ts"])(
  'the scenario %s is a name, and not code or a flag',
  (scenarios) => {
    const { status, stderr } = runStep('Check', { scenarios });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*(no file|no scenario)/);
    expect(existsSync(join(place.folder, 'pwned'))).toBe(false);
  },
);

test.each(['$(touch pwned)', '', 'never'])('the budget %j is refused', (budget) => {
  const { status, stderr } = runStep('Check', { scenarios: 'withdraw.ts', budget });
  expect(status).toBe(2);
  expect(stderr).toContain('--budget');
  expect(existsSync(join(place.folder, 'pwned'))).toBe(false);
});
