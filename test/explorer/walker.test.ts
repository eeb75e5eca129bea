import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEADLOCK } from '../../src/checker/result/end-questions.ts';
import { elementwise } from '../../src/explorer/change-list.tsx';
import { scheduleOf, stepsMatching } from '../../src/explorer/walk.ts';
import { Walker } from '../../src/explorer/walker.ts';
import { check, replay } from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { sharedConnection } from '../../src/scenarios/proofs-of-concept/shared-connection.ts';

/** Walks from any place by choosing among what is enabled there. */
function wander(walker: Walker, choices: readonly number[]) {
  let { walk: run } = walker.follow([]);
  for (const choice of choices) {
    const enabled = walker.enabled(run, run.steps.length);
    const step = enabled[choice % Math.max(1, enabled.length)];
    if (step === undefined) break;
    run = { ...run, steps: [...run.steps, step] };
  }
  return run;
}

describe('exploring', () => {
  const choices = fc.array(fc.nat(), { maxLength: 40 });

  for (const scenario of [seedRace, sharedConnection]) {
    test(`a walk in the explorer through ${scenario.name} is a run of the checker, state by state`, () => {
      fc.assert(
        fc.property(choices, (chosen) => {
          const run = wander(new Walker(scenario, {}), chosen);
          const replayed = replay(scenario, scheduleOf(run));
          expect(run.steps.map(({ state }) => state)).toEqual(
            replayed.steps.map(({ state }) => state),
          );
        }),
        { numRuns: 20 },
      );
    });
  }

  test('a walker that has never been there can show a place in the middle of a walk', () => {
    fc.assert(
      fc.property(choices, fc.nat(), (chosen, place) => {
        const run = wander(new Walker(sharedConnection, {}), chosen);
        const at = place % (run.steps.length + 1);
        const fresh = new Walker(sharedConnection, {});
        const { walk: followed } = fresh.follow(scheduleOf(run).slice(0, at));
        const entries = (steps: readonly { readonly entry: string }[]) =>
          steps.map(({ entry }) => entry);
        expect(entries(new Walker(sharedConnection, {}).enabled(run, at))).toEqual(
          entries(fresh.enabled(followed, at)),
        );
      }),
      { numRuns: 20 },
    );
  });

  test('a walk fails a property exactly where the checker says so', () => {
    const walker = new Walker(seedRace, {});
    for (const { name, kind, verdict, trace } of check(seedRace).properties) {
      if (name === DEADLOCK || kind === 'deadlock' || trace === undefined) continue;
      expect(verdict).toBe('violated');
      const { walk: run } = walker.follow(trace.schedule);
      const failing = run.steps.map((_, i) =>
        walker.truths(run, i + 1).some((truth) => truth.name === name && truth.truth === 'fails'),
      );
      expect(failing.indexOf(true)).toBe(run.steps.length - 1);
    }
  });

  test('a walk stops at an entry that is not enabled, and says which are', () => {
    const { walk: run, refused } = new Walker(seedRace, {}).follow(['attach1.start', 'no.such']);
    expect(scheduleOf(run)).toEqual(['attach1.start']);
    expect(refused).toEqual({
      step: 2,
      entry: 'no.such',
      enabled: ['attach1.attachment_create', 'detach1.start'],
    });
  });

  test('the explorer searches steps by schedule entries, paths and values', () => {
    const words = check(seedRace).properties[0]?.trace?.schedule ?? [];
    const { walk: run } = new Walker(seedRace, {}).follow(words);
    expect(stepsMatching(run, 'connections DOWN')).toEqual([7]);
    expect(stepsMatching(run, 'nowhere')).toEqual([]);
    expect(stepsMatching(run, '')).toHaveLength(7);
  });
});

test('the difference of two lists keeps every element of both, in order', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const parts = elementwise(before, after);
      const without = (kind: string) =>
        parts.filter((part) => part.kind !== kind).map(({ value }) => value);
      expect(without('new')).toEqual(before);
      expect(without('gone')).toEqual(after);
    }),
  );
});
