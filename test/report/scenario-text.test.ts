import { describe, expect, test } from 'vitest';
import { progressText } from '../../src/report/progress-text.ts';
import { describeLines, listLines } from '../../src/report/scenario-text.ts';
import { plainPaint } from '../../src/report/text-style.ts';
import { clock, twoLocks } from './samples.ts';

describe('the list of scenarios', () => {
  test('the list of scenarios has a line for each, and its parameters', () => {
    const look = { width: 60, paint: plainPaint };
    expect(listLines([twoLocks, clock], look).join('\n')).toMatchInlineSnapshot(`
      "two-locks  Two processes take two locks.
                 order=same|opposite limit=10|50
      clock      A clock with three hours, that does not stop."
    `);
  });

  test('the list describes one scenario in full', () => {
    const look = { width: 80, paint: plainPaint };
    const advanced = {
      ...twoLocks,
      parameters: {
        ...twoLocks.parameters,
        release: { values: ['newton', 'ocata', 'pike'], default: 'pike', advanced: true },
      },
    };
    expect(describeLines(advanced, look).join('\n')).toMatchInlineSnapshot(`
      "two-locks
        Two processes take two locks. In opposite orders they wait for each other.

        --set order=same|opposite  of the locks (default opposite)
        --set limit=10|50          what may be saved (default 10)

        advanced; at their defaults unless --set names them, in a matrix, too:
        --set release=newton|ocata|pike  (default pike)

        the scenario states expectations for 2 points"
    `);
    expect(listLines([advanced], look).join('\n')).toMatchInlineSnapshot(`
      "two-locks  Two processes take two locks.
                 order=same|opposite limit=10|50 (and 1 more)"
    `);
  });
});

describe('the progress of a search', () => {
  test('the progress of a search fits on one line', () => {
    const running = {
      name: 'two-phase-commit',
      number: 2,
      of: 3,
      seconds: 2.6,
      progress: {
        states: 1_234_567,
        generated: 9,
        levels: 12,
        waiting: 345_678,
        violated: ['x'],
        forecast: 2_000_000,
        growing: [],
      },
    };
    expect([progressText(running, 120), progressText(running, 50)]).toMatchInlineSnapshot(`
      [
        "2 of 3 two-phase-commit: 1,234,567 states of about 2,000,000 (474,833/s), level 12, 345,678 waiting, 3 s, 1 violated",
        "2 of 3 two-phase-commit: 1,234,567 states of…",
      ]
    `);
    const alone = {
      ...running,
      of: 1,
      seconds: 0,
      progress: { ...running.progress, violated: [], forecast: undefined },
    };
    expect(progressText(alone, 120)).toMatchInlineSnapshot(
      `"two-phase-commit: 1,234,567 states, level 12, 345,678 waiting, 0 s"`,
    );
  });
});
