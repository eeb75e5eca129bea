import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReportDocument } from '../../../src/report/document.ts';
import { vitest } from '../../../src/report/formats/vitest.ts';
import { counterexamplesOf } from '../../../src/report/runs.ts';
import { documentOf, lostCastDocument, seedRaceDocument } from '../documents.ts';
import { clock, twoLocks } from '../samples.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'racewright-vitest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project in which racewright and Vitest are installed, with these files; how its tests end. */
function runTests(files: { readonly [name: string]: string }): object {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const [name, target] of [
    ['racewright', root],
    ['vitest', join(root, 'node_modules/vitest')],
  ] as const) {
    symlinkSync(target, join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const vitestFile = join(root, 'node_modules/vitest/vitest.mjs');
  const words = [vitestFile, 'run', '--root', folder, '--reporter', 'json'];
  const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  const { numPassedTests, numFailedTests } = JSON.parse(stdout);
  return { passed: numPassedTests, failed: numFailedTests };
}

describe('vitest', () => {
  test('writes tests that pass while the property fails, and fail when it does not', async () => {
    const file = 'samples.ts';
    const ofFile = (document: ReportDocument): ReportDocument => ({
      ...document,
      results: document.results.map((result) => ({ ...result, file })),
    });
    const seed = await seedRaceDocument();
    const failing = [
      seed,
      await lostCastDocument(),
      ofFile(documentOf(clock)),
      ofFile(documentOf(twoLocks)),
    ];
    const locked = JSON.parse(JSON.stringify(seed).replace('"lock":"none"', '"lock":"both"'));
    const tests = failing.map((document, i) => [`failing-${i}.test.ts`, vitest(document)] as const);
    expect(
      runTests({
        [file]: `export { clock, twoLocks } from ${JSON.stringify(join(root, 'test/report/samples.ts'))};`,
        ...Object.fromEntries(tests),
        'mended.test.ts': vitest(locked),
      }),
    ).toEqual({ passed: failing.flatMap(counterexamplesOf).length, failed: 1 });
  });
});
