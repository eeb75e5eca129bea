import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computed, markersOf } from './upgrade-page.ts';

const path = '../../docs/upgrade.md';
const basis = fileURLToPath(new URL('../../scripts/basis.mjs', import.meta.url));
/** As many blocks are computed where the model is what the page was computed from. */
const blocksMax = 3;

describe('docs/upgrade.md', () => {
  test('docs/upgrade.md has the tables and traces that the checker computes: else run this test with -u', async () => {
    const page = readFileSync(new URL(path, import.meta.url), 'utf8');
    const markers = markersOf(page);
    expect(markers.length).toBe(20);
    const line = execFileSync(process.execPath, [basis, '--upgrade'], { encoding: 'utf8' }).trim();
    if (page.includes(line)) {
      const seed = Number(process.env['RACEWRIGHT_SEED'] ?? Date.now() % 1_000_000);
      const [some = []] = fc.sample(
        fc.shuffledSubarray([...markers], { minLength: blocksMax, maxLength: blocksMax }),
        { seed, numRuns: 1 },
      );
      expect(await computed(page, some), `seed ${seed}: ${some.join(' ')}`).toBe(page);
      return;
    }
    // Some two hundred checks, one after the other.
    const anew = (await computed(page, markers)).replace(/^<!-- rests on .* -->$/m, line);
    await expect(anew).toMatchFileSnapshot(path);
  });
});
