import { expect, test } from 'vitest';
import { type Bag, Search, spec } from '../../src/index.ts';

interface World {
  now: number;
  line: readonly { readonly n: number }[];
  bag: Bag<'hello'>;
}
const world = spec<World>();
const line = world.channel('line');
const bag = world.channel('bag');

const acts = {
  clock: (state: World) => {
    state.now += 1;
  },
  line: (state: World) => line.send(state as never, { n: 1 }),
  bag: (state: World) => bag.send(state as never, 'hello'),
};

test.each([
  ['a clock that never resets', 'clock', ['now']],
  ['a channel in order without a capacity', 'line', ['line']],
  ['a channel in any order without a capacity', 'bag', ['bag.hello']],
] as const)('%s is named as what grows', (_what, act, names) => {
  const scenario = world.scenario({
    name: 'growing',
    about: 'One field grows for ever, beside a turn that goes round.',
    system: () => ({
      init: () => ({ now: 0, line: [], bag: {} }),
      actions: [world.action({ name: 'go', do: (state) => acts[act](state as World) })],
    }),
  });
  const search = new Search(scenario, { statesMax: 2_000 });
  for (let states = 1; !search.advance(states); states *= 2);
  expect(search.result().ledger.growing).toEqual(names);
});
