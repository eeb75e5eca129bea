import { expect, test } from 'vitest';
import { Search, spec } from '../../src/index.ts';

interface World {
  n: number;
  log: Record<string, number>;
  turn: number;
}
const world = spec<World>();

/** What a search names as growing that is cut off at so many states; `go` is its only step. */
function growing(go: (state: World) => void, statesMax: number, most = Number.POSITIVE_INFINITY) {
  const scenario = world.scenario({
    name: 'grows',
    about: 'Takes one step for ever.',
    system: () => ({
      init: () => ({ n: 0, log: {}, turn: 0 }),
      final: 'anywhere',
      actions: [world.action({ name: 'go', when: ({ n }) => n < most, do: go })],
      properties: [world.always('n is no fraction', ({ n }) => Number.isInteger(n))],
    }),
  });
  const search = new Search(scenario, { statesMax });
  // As the command does: a search is looked at between pieces that become larger.
  for (let states = 1; !search.advance(states); states *= 2);
  return search.result().ledger.growing;
}

const count = (state: World): void => {
  state.n += 1;
  state.turn = (state.turn + 1) % 3;
};

test('a counter without a bound is named, and no slot beside it that goes round', () => {
  expect(growing(count, 30_000)).toEqual(['n']);
});

test('a table that gets an entry with each step is named', () => {
  const note = (state: World): void => {
    const { length } = Object.keys(state.log);
    state.log[`l${length}`] = 1;
  };
  expect(growing(note, 400)).toEqual(['log']);
});

test('a search that ends by itself names nothing', () => {
  expect(growing(count, 30_000, 2_000)).toBeUndefined();
});

test('a search that was cut off early names nothing', () => {
  expect(growing(count, 10)).toBeUndefined();
});
