import { expect, test } from 'vitest';
import { check, spec } from '../../src/index.ts';

interface Doors {
  readonly open: { [name: string]: boolean };
  steps: number;
}

const doors = spec<Doors>();

const names = ['left', 'right', 'back'];

const house = doors.scenario({
  name: 'house',
  about: 'Three doors that can be opened in any order.',
  system: () => ({
    init: () => ({ open: Object.fromEntries(names.map((name) => [name, false])), steps: 0 }),
    actions: names.map((name) =>
      doors.action({
        actor: name,
        name: 'open',
        when: ({ open }) => open[name] !== true,
        do: (state) => {
          state.open[name] = true;
        },
      }),
    ),
    properties: [
      doors.always(
        'shut',
        doors.every('open', (isOpen) => !isOpen),
      ),
      doors.always('few are open', ({ open }) => Object.values(open).filter(Boolean).length < 2),
      doors.reachable('all are open', ({ open }) => Object.values(open).every(Boolean)),
    ],
    final: 'anywhere',
  }),
});

const runs = (counterexamples: number) =>
  check(house, { counterexamples }).properties.map(({ trace, failingPart, others = [] }) =>
    [{ trace, failingPart }, ...others].map((each) =>
      [
        ...(each.trace?.schedule ?? []),
        ...(each.failingPart === undefined ? [] : [each.failingPart]),
      ].join(' '),
    ),
  );

test('several counterexamples differ in the part that fails or in the actions', () => {
  expect(runs(9)).toMatchInlineSnapshot(`
    [
      [
        "left.open open.left",
        "right.open open.right",
        "back.open open.back",
        "left.open right.open open.right",
        "left.open back.open open.back",
        "right.open back.open open.back",
        "left.open right.open back.open open.back",
      ],
      [
        "left.open right.open",
        "left.open back.open",
        "right.open back.open",
        "left.open right.open back.open",
      ],
      [
        "left.open right.open back.open",
      ],
    ]
  `);
});

test('several counterexamples are as many as the option asks for, the nearest first, and the verdict stays violated', () => {
  expect(runs(1).map((each) => each.length)).toEqual([1, 1, 1]);
  expect(runs(2).map((each) => each.length)).toEqual([2, 2, 1]);
  for (const counterexamples of [1, 2, 9]) {
    const { verdict, complete, states } = check(house, { counterexamples });
    expect({ verdict, complete, states }).toEqual({
      verdict: 'violated',
      complete: true,
      states: 8,
    });
  }
});
