import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

const head = "import { spec } from 'racewright';\nconst s = spec<{ n: number }>();\n";

place.write({
  'silent.ts': `${head}
export const silent = s.scenario({ name: 'silent', about: 'Nothing is asked of it.',
  system: () => ({ init: () => ({ n: 0 }), final: 'anywhere' }) });`,
  'nothing.ts': 'export const x = 1;',
  'refuses.ts': `import { choice, spec } from 'racewright';
const s = spec<{ n: number }>();
export const refuses = s.scenario({ name: 'refuses', about: 'No point is accepted.', parameters: { k: choice([1, 2]) },
  refuses: () => 'never', system: () => ({ init: () => ({ n: 0 }), final: 'anywhere' }) });`,
});

function run(...words: string[]) {
  const options = { cwd: place.folder, env: place.env, encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [place.command, ...words],
    options,
  );
  return { stdout, stderr, status };
}

test.each([
  ['check', 'silent.ts'],
  ['check', 'silent.ts', '--all'],
  ['matrix', 'silent.ts'],
])('a check that asks nothing is an error: %s %s', (...words) => {
  const { stdout, stderr, status } = run(...words);
  expect(stdout + stderr).toContain('nothing was asked');
  expect(status).toBe(2);
});

test.each([
  [['check', 'nothing.ts'], 'it exports no scenario'],
  [['check', 'nothing.ts', '--all'], 'it exports no scenario'],
  [['check', 'refuses.ts', '--set', 'k=1,2'], 'refuses all 2 combinations'],
  [['matrix', 'refuses.ts'], 'nothing was checked'],
  [['check'], 'no scenario is named'],
])('a command that checks nothing is an error: %j', (words, text) => {
  const { stderr, status } = run(...words);
  expect(stderr).toContain(text);
  expect(status).toBe(2);
});
