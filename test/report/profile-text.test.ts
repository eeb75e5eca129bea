import { expect, test } from 'vitest';
import { profileLines } from '../../src/report/profile-text.ts';
import { plainPaint } from '../../src/report/text-style.ts';

test('a profile draws a million levels as one line of bars', () => {
  const levels = Array.from({ length: 1_000_000 }, (_, i) => i + 1);
  const profile = { slots: [], levels, actors: [], labels: [] };
  const lines = profileLines(profile, { width: 24, paint: plainPaint });
  expect(lines.filter((line) => /levels|█/.test(line))).toEqual([
    '  1,000,000 levels, of up to 1,000,000 states',
    '  ▁▁▂▂▂▃▃▄▄▄▅▅▆▆▆▇▇███',
  ]);
});
