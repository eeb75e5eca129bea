import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { computed } from './upgrade-page.ts';

const path = '../../docs/upgrade.md';

describe('docs/upgrade.md', () => {
  test('docs/upgrade.md has the tables and traces that the checker computes: else run this test with -u', async () => {
    const page = readFileSync(new URL(path, import.meta.url), 'utf8');
    expect(page.match(/^<!-- (table|added|trace): /gm)?.length).toBe(20);
    await expect(await computed(page)).toMatchFileSnapshot(path);
    // Some two hundred checks, one after the other.
  });
});
