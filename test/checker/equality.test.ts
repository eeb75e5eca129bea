import { describe, expect, test } from 'vitest';
import { check, type Plain, spec } from '../../src/index.ts';

const world = spec<{ value: Plain; at: number }>();

/** The number of states of a system that stores each of these values once, starting from null. */
function statesWith(values: readonly Plain[]): number {
  const scenario = world.scenario({
    name: 'values',
    about: 'Stores one of several values.',
    system: () => ({
      init: () => ({ value: null, at: 0 }),
      actions: [
        world.action({
          name: 'store',
          when: (state) => state.at === 0,
          do: (state, pick) => {
            state.value = values[pick('which', [...values.keys()])] as never;
            state.at = 1;
          },
        }),
      ],
      final: 'anywhere',
    }),
  });
  return check(scenario).states - 1;
}

describe('S20: equal values are one state, whatever their history', () => {
  test.each<[string, readonly Plain[]]>([
    [
      'records whose keys were written in another order',
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    ['nested records', [{ x: { a: [], b: {} } }, { x: { b: {}, a: [] } }]],
    ['0 and -0', [0, -0]],
    ['0 and -0 inside', [[0], [-0]]],
    ['the same text made in two ways', ['ab', ['a', 'b'].join('')]],
  ])('S20: equal values are one state, whatever their history: %s', (_name, values) => {
    expect(statesWith(values)).toBe(1);
  });
});

describe('S20: different values are different states', () => {
  test.each<[string, readonly Plain[]]>([
    ["1 and '1'", [1, '1']],
    ["true and 'true'", [true, 'true']],
    ["null and 'null'", [null, 'null']],
    ['a comma inside and between', [['a,b'], ['a', 'b']]],
    ['an array and a record with the same keys', [['a'], { 0: 'a' }]],
    ['a missing key and a key that is null', [{ a: 1 }, { a: 1, b: null }]],
    [
      'arrays in another order',
      [
        [1, 2],
        [2, 1],
      ],
    ],
    ['empty array and empty record', [[], {}]],
    ['a record and its text', [{ a: 1 }, '{"a":1}']],
    ['lone surrogates', ['\ud800', '\ud801']],
    ['a key called __proto__', [JSON.parse('{"__proto__":1}'), {}]],
  ])('S20: different values are different states: %s', (_name, values) => {
    expect(statesWith(values)).toBe(values.length);
  });
});
