import { describe, expect, test } from 'vitest';
import { choice, range, SpecError, spec } from '../../src/index.ts';

function complaint(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error('nothing was complained about');
}

const refused = (parameters: object): string =>
  complaint(() =>
    spec<{ n: number }>().scenario({
      name: 'set',
      about: 'A scenario with parameters that the types may forbid.',
      parameters: parameters as Record<never, never>,
      system: () => ({ init: () => ({ n: 0 }) }),
    }),
  ).split('\n')[0] ?? '';

describe('a parameter is refused where it could not be set', () => {
  test.each<[string, string, unknown, string]>([
    ['that has no values', 'a', choice([] as never), 'it has no values'],
    ['with a space in its name', 'a b', choice(['x']), 'it cannot be typed on a command line'],
    ['with = in its name', 'a=b', choice(['x']), 'it cannot be typed on a command line'],
    ['without a name', '', choice(['x']), 'it cannot be typed on a command line'],
    ['that looks like a flag', '-a', choice(['x']), 'it cannot be typed on a command line'],
    [
      'of two values that are typed alike',
      'a',
      choice([1, '1' as never]),
      "two of its values are written '1'",
    ],
    ['with the same value twice', 'a', choice(['x', 'x']), "two of its values are written 'x'"],
    [
      'with a value that is data',
      'a',
      choice([{ x: 1 } as never]),
      'its value {"x":1} is not a string, number or boolean',
    ],
    [
      'with null',
      'a',
      choice([null as never]),
      'its value null is not a string, number or boolean',
    ],
    [
      'with undefined',
      'a',
      choice(['x', undefined as never]),
      'its value undefined is not a string, number or boolean',
    ],
    [
      'whose default is another',
      'a',
      choice(['x'], { default: 'y' as 'x' }),
      "its default 'y' is not one of its values",
    ],
    ['that is none', 'a', ['x', 'y'], 'it is no parameter'],
    ['that is missing', 'a', undefined, 'it is no parameter'],
  ])('a parameter that could not be set is refused: one %s', (_what, name, parameter, said) => {
    expect(refused({ [name]: parameter })).toBe(`scenario 'set', parameter '${name}': ${said}`);
  });

  test('a parameter that can be set is taken', () => {
    const parameters = {
      'a-b.c_1': choice(['x, y', '']),
      größe: range(-1, 1),
      on: choice([true, false]),
    };
    expect(() => refused(parameters)).toThrow('nothing was complained about');
  });
});

describe('a range', () => {
  test('a range has its bounds and the numbers between them', () => {
    expect(range(-1, 2)).toEqual({ values: [-1, 0, 1, 2], default: -1, about: undefined });
    expect(range(3, 3).values).toEqual([3]);
    expect(range(1, 10_000).values).toHaveLength(10_000);
  });

  test.each([
    [2, 1],
    [0, 1.5],
    [0.5, 3],
    [0, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
  ])('from %d to %d is no range', (least, most) => {
    expect(complaint(() => range(least, most))).toBe(
      `range(${least}, ${most}): its bounds are not two whole numbers, the smaller one first\n` +
        'Write it like this: range(1, 3)',
    );
  });

  test('a range that is too long to go through is refused before it is made', () => {
    expect(complaint(() => range(1, 1e9))).toBe(
      'range(1, 1000000000): it has 1000000000 values, and at most 10000 are allowed\n' +
        'Each value is a check of its own: choose the few that matter, as in choice([1, 10, 1000]).',
    );
  });
});
