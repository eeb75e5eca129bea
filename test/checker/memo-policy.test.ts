import { describe, expect, test } from 'vitest';
import { MemoPolicy } from '../../src/checker/transitions/memo-policy.ts';
import { Repeats } from '../../src/checker/transitions/repeats.ts';

/** Spreads small numbers over all 32 bits. */
const hashOf = (key: number) => Math.imul(key + 1, 0x9e3779b1) ^ Math.imul(key, 0x85ebca6b);

/** The number of evaluations of these keys, and of those that the memo keeps. */
function tried(keys: Iterable<number>) {
  const policy = new MemoPolicy('adaptive');
  const accounts = new Map<number, number>();
  let evaluated = 0;
  for (const key of keys) {
    const account = accounts.get(key);
    if (account !== undefined) {
      policy.saves(account, 1);
      continue;
    }
    evaluated += 1;
    if (policy.shouldKeep(hashOf(key), 1)) accounts.set(key, policy.account);
  }
  return { evaluated, remembered: accounts.size };
}

function* inTurn(keys: number, rounds: number): Iterable<number> {
  for (let round = 0; round < rounds; round++) for (let key = 0; key < keys; key++) yield key;
}

describe('what is evaluated is remembered', () => {
  test.each([10, 500, 5_000, 50_000])(
    'the memo soon remembers where %i keys come in turn',
    (keys) => {
      const { evaluated, remembered } = tried(inTurn(keys, 40));
      expect(remembered).toBeGreaterThan(0.99 * keys);
      expect(evaluated).toBeLessThan(20 * keys);
    },
  );

  test('the memo hardly ever remembers where no key comes twice', () => {
    expect(tried(inTurn(100_000, 1)).remembered).toBeLessThan(300);
  });

  test('the memo hardly ever remembers where each key comes three times', () => {
    expect(tried(inTurn(20_000, 3)).remembered).toBeLessThan(1_000);
  });

  test('the memo remembers again where keys repeat themselves after many that did not', () => {
    function* keys() {
      for (let key = 1_000_000; key < 1_010_000; key++) yield key;
      yield* inTurn(100, 2_000);
    }
    expect(tried(keys()).evaluated).toBeLessThan(10_000 + 150 * 100);
  });

  test('the memo stops remembering where new keys no longer come again, and known keys still answer', () => {
    function* keys() {
      yield* inTurn(200, 100);
      for (let key = 1_000; key < 101_000; key++) {
        yield key;
        yield key % 200;
      }
    }
    const { evaluated, remembered } = tried(keys());
    expect(evaluated).toBe(100_200);
    expect(remembered).toBeLessThan(5_000);
  });
});

describe('a sample of the keys', () => {
  test.each([100, 10_000, 1_000_000])(
    'a sample of the keys tells how many of %i there are, within a quarter',
    (keys) => {
      const repeats = new Repeats();
      for (const key of inTurn(keys, 1)) repeats.note(hashOf(key), 1);
      expect(repeats.distinct).toBeGreaterThan(0.75 * keys);
      expect(repeats.distinct).toBeLessThan(1.25 * keys);
    },
  );
});
