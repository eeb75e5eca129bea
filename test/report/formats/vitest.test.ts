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
import { everyKind } from './every-kind.ts';

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
  test('exported tests fail while the run violates the property, and pass on the mended model', async () => {
    const file = 'samples.ts';
    const ofFile = (document: ReportDocument): ReportDocument => ({
      ...document,
      results: document.results.map((result) => ({ ...result, file })),
    });
    const seed = await seedRaceDocument();
    const kinds = ofFile(documentOf(everyKind));
    const failing = [
      seed,
      await lostCastDocument(),
      ofFile(documentOf(clock)),
      ofFile(documentOf(twoLocks)),
      kinds,
    ];
    const mended = (document: ReportDocument, from: string, to: string): ReportDocument =>
      JSON.parse(JSON.stringify(document).replaceAll(from, to));
    const passing = [
      mended(seed, '"lock":"none"', '"lock":"both"'),
      ...['steps', 'fairness', 'properties'].map((how) =>
        mended(kinds, '"mended":"no"', `"mended":"${how}"`),
      ),
    ];
    const exported = kinds.results.flatMap(({ properties }) =>
      properties.map(({ kind, verdict }) => `${kind} is ${verdict}`),
    );
    expect(new Set(exported)).toEqual(
      new Set(
        [
          'always',
          'never',
          'step',
          'eventually',
          'leadsTo',
          'infinitelyOften',
          'eventuallyAlways',
          'deadlock',
        ].map((kind) => `${kind} is violated`),
      ),
    );
    const written = (name: string, documents: readonly ReportDocument[]) =>
      documents.map((document, i) => [`${name}-${i}.test.ts`, vitest(document)] as const);
    const samples = JSON.stringify(join(root, 'test/report/samples.ts'));
    const other = JSON.stringify(join(root, 'test/report/formats/every-kind.ts'));
    expect(
      runTests({
        [file]: `export { clock, twoLocks } from ${samples};\nexport { everyKind } from ${other};`,
        ...Object.fromEntries([...written('failing', failing), ...written('passing', passing)]),
      }),
    ).toEqual({
      passed: passing.flatMap(counterexamplesOf).length,
      failed: failing.flatMap(counterexamplesOf).length,
    });
  });
});
