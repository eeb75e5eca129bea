import { expect, test } from 'vitest';
import { check, replay, type Scenario, shortfalls, spec, walk } from '../../src/index.ts';
import type { AnySystem } from '../../src/spec/system.ts';

const world = spec<{ n: number }>();

const add = world.action({
  name: 'add',
  do: (state) => {
    state.n += 1;
  },
});

const counting = world.scenario({
  name: 'counting',
  about: 'A number that grows.',
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [add],
    within: ({ n }) => n < 3,
    properties: [
      world.never('it is 3', ({ n }) => n === 3),
      world.never('it is 4', ({ n }) => n === 4),
    ],
  }),
});

/** The same scenario with another constraint, which the types may forbid. */
const constrained = (within: unknown): Scenario => ({
  ...counting,
  system: (point) => ({ ...counting.system(point as never), within }) as AnySystem,
});

test('the first states outside of a constraint are judged, and no step is taken from them', () => {
  const result = check(counting);
  expect(result.properties.map(({ verdict }) => verdict)).toEqual(['violated', 'holds', 'holds']);
  expect([result.states, result.complete, result.ledger.statesOutside]).toEqual([4, true, 1]);
  expect(shortfalls(result.ledger, 'exhaustive')).toEqual([
    'not exhaustive: the states outside of the constraint, 1, were not expanded',
  ]);
  expect(walk(counting, [0, 0, 0, 0, 0, 0]).schedule).toEqual(['add', 'add', 'add']);
});

test('a constraint that is never false leaves the result as it is, and the ledger complete', () => {
  const modulo = world.scenario({
    name: 'modulo',
    about: 'A number that goes round.',
    system: () => ({
      init: () => ({ n: 0 }),
      actions: [
        world.action({
          name: 'add',
          do: (state) => {
            state.n = (state.n + 1) % 3;
          },
        }),
      ],
      within: ({ n }) => n < 3,
      properties: [world.reachable('it is 7', ({ n }) => n === 7)],
    }),
  });
  const { ledger, properties } = check(modulo);
  expect([ledger.statesOutside, ledger.exhaustive]).toEqual([0, true]);
  expect(properties[0]?.verdict).toBe('violated');
});

test('a replay refuses a step from a state outside of the constraint, and to stop there', () => {
  expect(() => replay(counting, Array(4).fill('add'))).toThrow(
    /step 4: 'add' is not enabled\nNothing is: the state lies outside of the constraint \(within\)/,
  );
  expect(() => replay(counting, Array(3).fill('add'), { stops: true })).toThrow(
    'a run cannot stop here: the state lies outside of the constraint (within)',
  );
  expect(replay(counting, ['add'], { stops: true }).stops).toBe(true);
});

test.each([
  ['no function', 3, '`within` is 3'],
  ['a test without an answer', () => undefined, "'within', which says where the search goes on"],
  ['a number as an answer', () => Number.NaN, "'within', which says where the search goes on"],
  ['a test that is false at once', () => false, '`within` is false in every initial state'],
  [
    'a test that changes the state',
    (state: { n: number }) => {
      state.n += 1;
      return true;
    },
    "'within', which says where the search goes on",
  ],
])('%s is refused as a constraint', (_what, within, message) => {
  const scenario = constrained(within);
  const throws = within === 3 ? () => withSystem(within) : () => check(scenario);
  expect(throws).toThrow(message);
});

/** What `scenario` refuses when its system is built. */
function withSystem(within: unknown): unknown {
  const { name, about } = counting;
  const system = () => ({ ...counting.system({} as never), within }) as never;
  return check(world.scenario({ name, about, system }));
}
