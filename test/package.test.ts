import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'racewright-newcomer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, words: readonly string[], cwd: string): string =>
  execFileSync(program, words, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', COLUMNS: '120' },
  });

/**
 * A project of npm in which the packed package is installed: what it depends on is linked from
 * here, so that no network is needed.
 */
function installed(): string {
  const app = join(folder, 'app');
  const modules = join(app, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, root], folder),
  );
  run('tar', ['-xzf', join(folder, filename), '-C', folder], folder);
  run('mv', [join(folder, 'package'), join(modules, 'racewright')], folder);
  // As npm does where it installs a package.
  chmodSync(join(modules, 'racewright/dist/cli/main.js'), 0o755);
  symlinkSync('../racewright/dist/cli/main.js', join(modules, '.bin/racewright'));
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), 'vitest']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  run('npm', ['init', '-y'], app);
  return app;
}

test('the packed package leads from an empty folder to a verdict and to tests', () => {
  const app = installed();
  const racewright = (...words: readonly string[]) => run('npx', ['racewright', ...words], app);
  expect(racewright('init')).toContain('next: npx racewright check');
  const verdict = racewright('check');
  expect(verdict).toContain('VIOLATED   always       the account is never overdrawn (expected)');
  expect(verdict).toContain('npx racewright replay withdrawals ann.lock');
  expect(run('npm', ['run', '--silent', 'races'], app)).toContain('all as expected');
  const without = spawnSync('npx', ['racewright', 'mcp'], { cwd: app, encoding: 'utf8' });
  expect(without.stderr).toContain('npm install --save-dev @modelcontextprotocol/sdk');
  const vitest = join(app, 'node_modules/vitest/vitest.mjs');
  const tests = run(process.execPath, [vitest, 'run', '--reporter=verbose'], app);
  expect(tests).toContain('withdrawals lock=no');
  expect(tests).toContain('2 passed');
});

test('every file that package.json exports or names is packed', () => {
  const app = join(folder, 'app/node_modules/racewright');
  const { exports, bin } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  const named = [...Object.values(exports), bin].flatMap((each) =>
    typeof each === 'object' && each !== null ? Object.values(each) : [each],
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !existsSync(join(app, String(path))))).toEqual([]);
});
