import { describe, expect, test } from 'vitest';
import { check, Search, spec } from '../../src/index.ts';

interface World {
  mode: number;
  full: number;
  readonly switches: { readonly [name: string]: boolean };
  readonly log: { [id: string]: number };
}
const world = spec<World>();
const init = () => ({
  mode: 0,
  full: 0,
  switches: { a: true, b: true, c: true, d: true },
  log: {},
});

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

describe('a step that was judged before', () => {
  const fill = world.action({
    name: 'fill',
    when: ({ full }) => full === 0,
    do(state) {
      state.full = 1;
    },
  });
  const turn = world.action({
    name: 'turn',
    when: ({ mode, full }) => mode === 0 && full === 0,
    do(state) {
      state.mode = 1;
    },
  });
  const scenario = world.scenario({
    name: 'turned',
    about: 'What is asked of `full` is asked only once the mode is 1.',
    system: () => ({
      init,
      actions: [fill, turn],
      properties: [
        // `full` is read only where the mode is 1.
        world.always('mode 1 is never full', (state) => state.mode === 0 || state.full === 0),
      ],
      final: 'anywhere',
    }),
  });

  test.each(settings)(
    'a step that was judged before is judged again by the properties that ask about its writes since: %j',
    (options) => {
      const [property] = check(scenario, options).properties;
      expect([property?.verdict, property?.trace?.schedule]).toEqual([
        'violated',
        ['turn', 'fill'],
      ]);
    },
  );
});

describe('the slots that a search has read', () => {
  const write = world.action({
    name: 'write',
    when: ({ log }) => log['one'] === undefined,
    do(state) {
      state.log['one'] = 1;
    },
  });
  const read = (options: object) => {
    const scenario = world.scenario({
      name: 'switched',
      about: 'Each switch is read by another kind of question.',
      system: () => ({
        init,
        actions: [write],
        properties: [
          world.always('of states', ({ switches }) => switches['a'] === true),
          world.step('of steps, before', ({ switches }) => switches['b'] === true),
          world.step('of steps, after', (_before, _action, { switches }) => switches['c'] === true),
        ],
        final: 'anywhere',
      }),
    });
    const search = new Search(scenario, options).run();
    expect(search.result().verdict).toBe('holds');
    return [...search.slotsRead()].sort();
  };

  test.each(settings)(
    'the slots that a search has read are those that properties of states and of steps have read: %j',
    (options) => {
      expect(read(options)).toEqual(['log.one', 'switches.a', 'switches.b', 'switches.c']);
    },
  );
});
