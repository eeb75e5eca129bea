import { describe, expect, test } from 'vitest';
import { spec } from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { expectAsExpected as makeTests, resultAsExpected } from '../../src/testing/as-expected.ts';
import { ExpectationError } from '../../src/testing/expect.ts';
import { expectAsExpected } from '../../src/testing/vitest.ts';
import { withdrawals } from '../../templates/scenarios/withdraw.ts';

/** Counts to three, where the property allows two; `expect` as it is given. */
const counting = (stated: readonly object[]) =>
  spec<{ n: number }>().scenario({
    name: 'counting',
    about: 'Counts.',
    system: () => ({
      init: () => ({ n: 0 }),
      final: 'anywhere',
      actions: [
        spec<{ n: number }>().action({
          name: 'count',
          when: ({ n }) => n < 3,
          do: (state) => {
            state.n += 1;
          },
        }),
      ],
      properties: [spec<{ n: number }>().always('at most two', ({ n }) => n <= 2)],
    }),
    expect: stated,
  });

describe('expectAsExpected makes a test of vitest for each point', () => {
  expectAsExpected(withdrawals);
});

test('expectAsExpected names a test by its point and throws the report where it is not so', () => {
  const made: [string, () => void][] = [];
  const note = (name: string, run: () => void): void => void made.push([name, run]);
  makeTests(withdrawals, note);
  expect(made.map(([name]) => name)).toEqual(['withdrawals lock=no', 'withdrawals lock=yes']);
  makeTests(counting([{ violates: { 'at most two': 2 } }]), note);
  expect(made.at(-1)?.[0]).toBe('counting');
  expect(made.at(-1)?.[1]).toThrow(ExpectationError);
  expect(made.at(-1)?.[1]).toThrow(/expected a counterexample of 2 steps, found 3\n\ncounting\n/);
  makeTests(counting([{}]), note, { depthMax: 1 });
  expect(made.at(-1)?.[1]).toThrow(/was not searched to its end/);
});

test('expectAsExpected refuses a scenario that states no expectation', () => {
  expect(() => makeTests(counting([]), () => undefined)).toThrow(/states no expectation/);
  expect(() => resultAsExpected(counting([]))).toThrow(/states no expectation/);
});

test('the matchers of vitest say what holds, with the report as their message', () => {
  expect(seedRace).toHold({ parameters: { lock: 'both' } });
  expect(seedRace).toBeAsExpected();
  expect(seedRace).not.toHold();
  expect(withdrawals).toViolate('the account is never overdrawn', { steps: 6 });
  expect(() => expect(withdrawals).toHold()).toThrow(/✗ 6 {2}bob\.withdraw/);
  expect(() => expect(withdrawals).toViolate('gone')).toThrow(/there is no property 'gone'/);
  expect(() => expect(1).toHold()).toThrow('toHold is about a scenario');
});

test('a report of toHold does not say that a violation is as expected', () => {
  const message = (run: () => void): string => {
    try {
      run();
    } catch (error) {
      return String(error);
    }
    return 'it did not fail';
  };
  const text = message(() => expect(withdrawals).toHold());
  expect(text).toContain('does not hold: it is violated');
  expect(text).not.toContain('as expected');
});
