import { describe, expect, test } from 'vitest';
import { check, type Scenario, spec } from '../../src/index.ts';

interface State {
  list: number[];
  table: { [id: string]: { x: number; parts: number[] } };
  n: number;
  told: boolean;
  isDone: boolean;
}

const s = spec<State>();

/** One step, after which nothing happens. */
function doing(recipe: (state: State) => unknown): Scenario {
  return s.scenario({
    name: 'plain',
    about: 'One step.',
    system: () => ({
      init: () => ({
        list: [],
        table: { a: { x: 0, parts: [] } },
        n: -0,
        told: false,
        isDone: false,
      }),
      final: 'anywhere',
      actions: [
        s.action({
          name: 'go',
          when: ({ isDone }) => !isDone,
          do(state) {
            state.isDone = true;
            recipe(state);
          },
        }),
      ],
      properties: [
        s.never('it is told', ({ told }) => told),
        s.never('a zero has a sign', ({ n, list, table }) =>
          [n, ...list, table['a']?.x].some((each) => Object.is(each, -0)),
        ),
      ],
    }),
  });
}

const partOf = (state: State) => state.table['a'] as State['table'][string];

describe('a part of the state that is more than plain data is refused in our words', () => {
  const oddities: { readonly [name: string]: (state: State) => unknown } = {
    'a list that is frozen': ({ list }) => Object.freeze(list),
    'a list that was changed and is frozen': ({ list }) => {
      list.push(1);
      Object.freeze(list);
    },
    'a list that is sealed': ({ list }) => Object.seal(list),
    'an entry that is frozen': (state) => Object.freeze(partOf(state)),
    'a list within an entry that is frozen': (state) => Object.freeze(partOf(state).parts),
    'a field that is redefined': (state) => Object.defineProperty(partOf(state), 'x', { value: 3 }),
    'an entry of another prototype': (state) => Object.setPrototypeOf(partOf(state), null),
  };
  test.each(Object.entries(oddities))(
    'a part of the state that is more than plain data is refused in our words: %s',
    (_name, recipe) => {
      expect(() => check(doing(recipe))).toThrow(
        /^scenario 'plain', action 'go': a recipe makes a .*\nThe state and all parts of it are plain/,
      );
    },
  );

  test('a frozen list that a step puts into the state is not refused', () => {
    const put = doing((state) => {
      state.list = Object.freeze([1, 2]) as number[];
    });
    expect(check(put).verdict).toBe('holds');
  });
});

describe('the sign of zero', () => {
  test.each<[string, (state: State) => unknown]>([
    ['a field', (state) => Object.assign(state, { n: -0 })],
    ['an entry', (state) => Object.assign(partOf(state), { x: -0 })],
    ['a list', (state) => state.list.push(-0)],
  ])('the sign of zero is not kept by %s', (_name, recipe) => {
    expect(check(doing(recipe)).verdict).toBe('holds');
  });

  test('a step that looks at the sign of a zero that it wrote over a zero is refused', () => {
    const looking = doing((state) => {
      state.n = -0;
      state.told = Object.is(state.n, -0);
    });
    expect(() => check(looking)).toThrow(/a state does not keep the sign of zero/);
  });
});
