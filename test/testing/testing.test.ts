import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedRace } from '../../src/scenarios/seed-race.ts';
import { ExpectationError, expectHolds, expectViolated, runs } from '../../src/testing/index.ts';

const reachable = 'an attached volume is reachable from its host';

describe('expectHolds', () => {
  test('is content with the lock', () => {
    expect(expectHolds(seedRace, { parameters: { lock: 'both' } }).states).toBe(16);
  });

  test('throws the whole report without it', () => {
    expect(() => expectHolds(seedRace)).toThrow(ExpectationError);
    expect(() => expectHolds(seedRace)).toThrow(/✗ 7 {2}detach1\.disconnect_volume/);
  });

  test('is not content with what is undecided', () => {
    const cut = { parameters: { lock: 'both' }, depthMax: 2 };
    expect(() => expectHolds(seedRace, cut)).toThrow(/does not hold: it is undecided/);
  });
});

describe('expectViolated', () => {
  test('is content with a race of that length', () => {
    expect(expectViolated(seedRace, reachable, { steps: 7 }).states).toBe(36);
  });

  test('throws when it is longer, gone, or unknown', () => {
    expect(() => expectViolated(seedRace, reachable, { steps: 6 })).toThrow(/after 7 steps, not 6/);
    const locked = { parameters: { lock: 'both' } };
    expect(() => expectViolated(seedRace, reachable, locked)).toThrow(/it holds/);
    expect(() => expectViolated(seedRace, 'all is well')).toThrow(/there is no property/);
  });
});

describe('runs', () => {
  test('of the locked scenario never cut a volume off', () => {
    fc.assert(
      fc.property(runs(seedRace, { parameters: { lock: 'both' } }), ({ steps }) =>
        steps.every(({ state }) => {
          const { attachments, connections } = state.state as {
            attachments: Record<string, { status: string; host: string }>;
            connections: Record<string, string>;
          };
          return Object.values(attachments).every(
            ({ status, host }) => status !== 'attached' || connections[host] === 'up',
          );
        }),
      ),
    );
  });

  test('shrink to the shortest way into the race, and print as words', () => {
    const found = fc.check(
      fc.property(runs(seedRace), ({ steps }) =>
        steps.every(({ label, state }) => {
          const { attachments } = state.state as {
            attachments: Record<string, { status: string }>;
          };
          return label !== 'disconnect_volume' || attachments['attach1']?.status !== 'attached';
        }),
      ),
      { numRuns: 2000, seed: 1 },
    );
    const [trace] = found.counterexample ?? [];
    expect(trace?.words.at(-1)).toBe('detach1.disconnect_volume');
    expect(trace?.words.length).toBeLessThanOrEqual(9);
  });
});
