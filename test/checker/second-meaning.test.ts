import { describe, expect, test } from 'vitest';
import { check, type Property, type Scenario, spec } from '../../src/index.ts';

interface State {
  t: Record<string, { n: number }>;
  n: number;
}
const vocabulary = spec<State>();
const memos = ['adaptive', 'off'] as const;

function scenario(
  go: (state: State) => void,
  properties: readonly Property<State>[] = [],
): Scenario {
  return vocabulary.scenario({
    name: 'twice',
    about: 'One action, three times.',
    system: () => ({
      init: () => ({ t: { a: { n: 0 }, b: { n: 0 } }, n: 0 }),
      actions: [
        vocabulary.action({
          name: 'go',
          when: ({ n }) => n < 3,
          do(state) {
            go(state);
            state.n += 1;
          },
        }),
      ],
      final: 'anywhere',
      properties,
    }),
  });
}

describe.each(memos)('a step is run through immer, too, memo %s', (memo) => {
  test('what differs only there is found', () => {
    let calls = 0;
    const odd = scenario((state) => {
      calls += 1;
      if (calls % 3 === 0) state.t['a'] = { n: 9 };
    });
    expect(() => check(odd, { memo })).toThrow(/through immer's produce/);
  });

  test('what was kept of an earlier step may not be changed', () => {
    let kept: { n: number } | undefined;
    const late = scenario((state) => {
      if (state.n > 0 && kept !== undefined) kept.n = 7;
      kept = state.t['a'];
    });
    expect(() => check(late, { memo })).toThrow(/revoked|read only/);
  });

  test('a table that was kept of an earlier step may not be looked at', () => {
    let kept: State['t'] | undefined;
    const late = scenario((state) => {
      if (state.n > 0 && kept?.['a'] === undefined) state.n += 1;
      kept = state.t;
    });
    expect(() => check(late, { memo })).toThrow(/revoked|after the evaluation/);
  });
});

describe.each(memos)('a property with a cache, memo %s', (memo) => {
  const countUp = (state: State) => {
    state.t['a'] = { n: state.n };
  };
  const largest = (t: State['t']) => Math.max(...Object.values(t).map(({ n }) => n));

  test('answers for each state when the cache is keyed by the table', () => {
    const cache = new WeakMap<object, number>();
    const cached = vocabulary.always('no entry is 2', ({ t }) => {
      if (!cache.has(t)) cache.set(t, largest(t));
      return (cache.get(t) ?? 0) < 2;
    });
    expect(check(scenario(countUp, [cached]), { memo }).verdict).toBe('violated');
  });

  test('answers for each state when the last table is remembered', () => {
    let last: object | undefined;
    let value = 0;
    const cached = vocabulary.always('no entry is 2', ({ t }) => {
      if (t !== last) value = largest(t);
      last = t;
      return value < 2;
    });
    expect(check(scenario(countUp, [cached]), { memo }).verdict).toBe('violated');
  });

  test('is refused when the cache is keyed by nothing', () => {
    let value: number | undefined;
    const cached = vocabulary.always('no entry is 2', ({ t }) => {
      value ??= largest(t);
      return value < 2;
    });
    expect(() => check(scenario(countUp, [cached]), { memo })).toThrow(/read different things/);
  });

  test('is refused in a property about steps, too', () => {
    let value: number | undefined;
    const cached = vocabulary.step('no entry becomes 2', (_before, _action, { t }) => {
      value ??= largest(t);
      return value < 2;
    });
    expect(() => check(scenario(countUp, [cached]), { memo })).toThrow(/read different things/);
  });
});
