import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/kill-while-writing.mjs', import.meta.url));
/** Two hundred by `npm run killed`. */
const times = process.env['RACEWRIGHT_KILLS'] ?? '5';

test('a report is the old one or the new one when the command is killed, or the disk is full', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, times], {
    encoding: 'utf8',
  });
  expect({ stdout, stderr, status }).toMatchObject({
    stdout: expect.stringMatching(new RegExp(`^${times} of ${times} killed,.* 0 faults\n$`)),
    status: 0,
  });
});
