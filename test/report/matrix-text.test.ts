import { describe, expect, test } from 'vitest';
import { check, choice, range, type Scenario, spec } from '../../src/index.ts';
import { combinations, type Grid } from '../../src/report/grid.ts';
import { matrixLines } from '../../src/report/matrix-text.ts';
import { plainPaint } from '../../src/report/text-style.ts';
import { twoLocks } from './samples.ts';

const counting = spec<{ readonly n: number }>();

/** Counts to the end of its release's range; 'late' ones go further. */
const counter = counting.scenario({
  name: 'counter',
  about: 'Counts.',
  parameters: {
    release: choice(['newton', 'ocata', 'pike', 'queens', 'rocky', 'stein', 'train']),
    late: choice([false, true]),
    limit: range(3, 4),
  },
  refuses: ({ release, late }) => (late && release === 'train' ? 'train is never late' : undefined),
  system: ({ release, late, limit }) => ({
    init: () => ({ n: 0 }),
    actions: [
      counting.action({
        name: 'count',
        when: ({ n }) => n < (release < 'q' ? 3 : 4) + (late ? 2 : 0),
        do: (state) => {
          state.n += 1;
        },
      }),
    ],
    properties: [counting.always('the limit is kept', ({ n }) => n <= limit)],
    final: 'anywhere',
  }),
  expect: [
    { states: 4 },
    { given: { release: 'queens' }, violates: { 'the limit is kept': 5 }, states: 5 },
  ],
});

function gridOf(scenario: Scenario, statesMax?: number): Grid {
  const axes = Object.entries(scenario.parameters).map(([name, { values }]) => ({ name, values }));
  const points = combinations(axes).map((parameters) => {
    const refused = scenario.refuses(parameters);
    if (refused !== undefined) return { parameters, refused };
    const options = statesMax === undefined ? { parameters } : { parameters, statesMax };
    return { parameters, result: check(scenario, options) };
  });
  return { scenario: scenario.name, axes, points };
}

const text = (grid: Grid, width: number): string =>
  matrixLines(grid, { width, paint: plainPaint }).join('\n');

describe('a matrix', () => {
  test('a matrix runs one parameter across and the others down', () => {
    expect(text(gridOf(twoLocks), 80)).toMatchInlineSnapshot(`
      "two-locks

        order      limit=10   limit=50
        same       A3    33   holds 33
        opposite   A3 B2 34   B2    34

        A  always: nothing that is saved is larger than the limit
        B  no deadlock: every run can go on until it is done
        A3 33: A is violated, after 3 steps; 33 states
        4 points: 1 hold, 3 violated; expectations stated for 2, all met"
    `);
  });

  test('a matrix merges rows that agree, and explains its cells', () => {
    expect(text(gridOf(counter), 80)).toMatchInlineSnapshot(`
      "counter

        late    release         limit=3      limit=4
        false   newton..pike    holds   4    holds   4
                queens          A4      5!   holds   5
                rocky..train    A4      5    holds   5
        true    newton..pike    A4      6    A5      6
                queens..stein   A4      7    A5      7
                train           refused      refused

        A  always: the limit is kept
        A4 6: A is violated, after 4 steps; 6 states
        refused: train is never late
        !  not what the scenario expects here; check that point to see why
        28 points: 10 hold, 16 violated, 2 refused; expectations stated for 2, 1 NOT
        met"
    `);
  });

  test('a matrix turns parameters without room into headings', () => {
    expect(text(gridOf(counter), 44)).toMatchInlineSnapshot(`
      "counter

        release         limit=3      limit=4
        late=false
        newton..pike    holds   4    holds   4
        queens          A4      5!   holds   5
        rocky..train    A4      5    holds   5
        late=true
        newton..pike    A4      6    A5      6
        queens..stein   A4      7    A5      7
        train           refused      refused

        A  always: the limit is kept
        A4 6: A is violated, after 4 steps; 6
        states
        refused: train is never late
        !  not what the scenario expects here;
           check that point to see why
        28 points: 10 hold, 16 violated, 2
        refused; expectations stated for 2, 1 NOT
        met"
    `);
  });

  test('a matrix says what is undecided, and what was not reached', () => {
    const { points, ...grid } = gridOf(twoLocks, 4);
    const cut = points.map((point, i) => (i < 3 ? point : { parameters: point.parameters }));
    expect(text({ ...grid, points: cut }, 80)).toMatchInlineSnapshot(`
      "two-locks

        order      limit=10      limit=50
        same       undecided 4   undecided 4
        opposite   undecided 4

        undecided: stopped at the bound on states (--max-states)
        4 points: 3 undecided, 1 not reached"
    `);
  });

  test('a matrix shows a single value in the title', () => {
    const grid = gridOf(twoLocks);
    const axes = grid.axes.map((axis) =>
      axis.name === 'limit' ? { ...axis, values: [10] } : axis,
    );
    const points = grid.points.filter(({ parameters }) => parameters['limit'] === 10);
    expect(text({ ...grid, axes, points }, 80)).toMatchInlineSnapshot(`
      "two-locks  limit=10

        order      verdict, states
        same       A3    33
        opposite   A3 B2 34

        A  always: nothing that is saved is larger than the limit
        B  no deadlock: every run can go on until it is done
        A3 33: A is violated, after 3 steps; 33 states
        2 points: 2 violated"
    `);
  });
});
