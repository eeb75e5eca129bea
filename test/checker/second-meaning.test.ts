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
  test('running a step through immer, too, finds a difference that only immer shows', () => {
    let calls = 0;
    const odd = scenario((state) => {
      calls += 1;
      if (calls % 3 === 0) state.t['a'] = { n: 9 };
    });
    expect(() => check(odd, { memo })).toThrow(/through immer's produce/);
  });

  test('a step that moves entries into two new tables is no fault where immer revokes one', () => {
    interface Moved {
      a: Record<string, number>;
      c: Record<string, { n: number }>;
      d: Record<string, { n: number }>;
      rec: { t?: object };
      by: number;
    }
    const moved = spec<Moved>();
    const rebuild = (table: Moved['c']) => Object.fromEntries(Object.entries(table).reverse());
    const moving = moved.scenario({
      name: 'moving',
      about: 'Entries move into new tables.',
      system: () => ({
        init: () => ({
          a: {},
          c: Object.fromEntries([...'pqrstu'].map((id) => [id, { n: 0 }])),
          d: {},
          rec: {},
          by: -1,
        }),
        actions: [
          moved.action({
            name: 'move',
            when: ({ by }) => by < 0,
            do(state) {
              state.by = 0;
              state.rec.t = { z: state.a, c: state.c };
              state.c = rebuild(state.c);
              state.d = rebuild(state.c);
            },
          }),
        ],
        final: 'anywhere',
        properties: [
          moved.always('both have all', ({ by, c, d }) => by < 0 || ('u' in c && 'u' in d)),
        ],
      }),
    });
    expect(check(moving, { memo, keys: 'sorted' }).verdict).toBe('holds');
  });

  test('a step may not change a value that it kept of an earlier step', () => {
    let kept: { n: number } | undefined;
    const late = scenario((state) => {
      if (state.n > 0 && kept !== undefined) kept.n = 7;
      kept = state.t['a'];
    });
    expect(() => check(late, { memo })).toThrow(/revoked|read only/);
  });

  test('a step may not look at a table that it kept of an earlier step', () => {
    let kept: State['t'] | undefined;
    const late = scenario((state) => {
      if (state.n > 0 && kept?.['a'] === undefined) state.n += 1;
      kept = state.t;
    });
    expect(() => check(late, { memo })).toThrow(/revoked|after the evaluation/);
  });
});

describe.each(memos)('S43: a property with a cache, memo %s', (memo) => {
  const countUp = (state: State) => {
    state.t['a'] = { n: state.n };
  };
  const largest = (t: State['t']) => Math.max(...Object.values(t).map(({ n }) => n));

  test('S43: a property with a cache by table answers for each state', () => {
    const cache = new WeakMap<object, number>();
    const cached = vocabulary.always('no entry is 2', ({ t }) => {
      if (!cache.has(t)) cache.set(t, largest(t));
      return (cache.get(t) ?? 0) < 2;
    });
    expect(check(scenario(countUp, [cached]), { memo }).verdict).toBe('violated');
  });

  test('S43: a property that remembers the last table answers for each state', () => {
    let last: object | undefined;
    let value = 0;
    const cached = vocabulary.always('no entry is 2', ({ t }) => {
      if (t !== last) value = largest(t);
      last = t;
      return value < 2;
    });
    expect(check(scenario(countUp, [cached]), { memo }).verdict).toBe('violated');
  });

  test('S43: a property with a cache without a key is refused', () => {
    let value: number | undefined;
    const cached = vocabulary.always('no entry is 2', ({ t }) => {
      value ??= largest(t);
      return value < 2;
    });
    expect(() => check(scenario(countUp, [cached]), { memo })).toThrow(/read different slots/);
  });

  test('S43: a property about steps with a cache without a key is refused', () => {
    let value: number | undefined;
    const cached = vocabulary.step('no entry becomes 2', (_before, _action, { t }) => {
      value ??= largest(t);
      return value < 2;
    });
    expect(() => check(scenario(countUp, [cached]), { memo })).toThrow(/read different slots/);
  });
});

describe.each(memos)('a guard with a cache that is keyed by a table, memo %s', (memo) => {
  type Table = State['t'];
  const ways: { readonly [way: string]: (t: Table) => unknown } = {
    'reads an entry': (t) => t['a']?.n,
    'asks with in': (t) => 'c' in t,
    'asks for its own': (t) => Object.hasOwn(t, 'c'),
    'lists its keys': (t) => Object.keys(t).length,
    'lists its values': (t) => Object.values(t)[0]?.n,
    'spreads it': (t) => ({ ...t })['a']?.n,
    'writes it as JSON': (t) => JSON.stringify(t),
    'takes it apart': ({ a }) => a?.n,
  };

  /** `see` is asked only where n is 5: in few states, so that no sample finds out. */
  const asking = (see: (t: Table) => unknown) =>
    vocabulary.scenario({
      name: 'seldom',
      about: 'A guard that looks at a table in few states.',
      system: () => ({
        init: () => ({ t: { a: { n: 0 } }, n: 0 }),
        final: 'anywhere',
        actions: [
          vocabulary.action({
            name: 'count',
            when: ({ n }) => n < 9,
            do(state) {
              state.n += 1;
            },
          }),
          vocabulary.action({
            name: 'set',
            do(state) {
              const n = state.n % 3;
              state.t = n === 2 ? { a: { n }, c: { n } } : { a: { n } };
            },
          }),
          vocabulary.action({
            name: 'see',
            when: ({ n, t }) =>
              n === 5 && [2, true, '{"a":{"n":2},"c":{"n":2}}'].includes(see(t) as never),
            do(state) {
              state.n = 20;
            },
          }),
        ],
      }),
    });

  test.each(Object.entries(ways))(
    'a guard with a cache by table is as one without when it %s',
    (_way, see) => {
      const cache = new WeakMap<Table, unknown>();
      const cached = asking((t) => {
        if (!cache.has(t)) cache.set(t, see(t));
        return cache.get(t);
      });
      const { states, generated } = check(asking(see), { memo });
      expect(check(cached, { memo })).toMatchObject({ states, generated });
    },
  );
});
