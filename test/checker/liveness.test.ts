import { describe, expect, test } from 'vitest';
import {
  check,
  type Fairness,
  type Property,
  type Result,
  type System,
  spec,
  stronglyFair,
  weaklyFair,
} from '../../src/index.ts';

interface World {
  x: number;
  turn: number;
  readonly items: { [id: string]: number };
}
const world = spec<World>();
const init = (): World => ({ x: 0, turn: 0, items: {} });
const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

/** The verdicts of a system, which must not depend on how it is searched. */
function verdicts(system: Partial<System<World>>): readonly string[] {
  const scenario = world.scenario({
    name: 'tiny',
    about: 'Made to tell two mistakes apart.',
    system: () => ({ init, final: 'anywhere' as const, ...system }),
  });
  const all = settings.map((options) => {
    const { properties }: Result = check(scenario, options);
    return properties.map(({ verdict }) => verdict);
  });
  for (const each of all) expect(each).toEqual(all[0]);
  return all[0] ?? [];
}

const go = (name: string, from: number, to: number, actor?: string) =>
  world.action({
    ...(actor === undefined ? {} : { actor }),
    name,
    when: ({ x }) => x === from,
    do: (state) => {
      state.x = to;
    },
  });

describe('fairness is kept apart', () => {
  /**
   * Two flows with the same label; a process of the one can be followed by a process of the other,
   * under one id.
   */
  const forth = world.flow({
    name: 'forth',
    steps: {
      step: {
        when: ({ x }) => x < 2,
        do: (state) => {
          state.x = 1 - state.x;
          return 'step';
        },
      },
    },
  });
  const out = world.flow({
    name: 'out',
    steps: {
      step: {
        when: ({ x }) => x === 1,
        do: (state) => {
          state.x = 5;
        },
      },
    },
  });
  const arrives = world.eventually('five', ({ x }) => x === 5);

  test('between two flows of which processes have one id, one after the other', () => {
    const change = world.action({
      name: 'change',
      when: ({ turn }) => turn === 0,
      do: (state, _pick, processes) => {
        state.turn = 1;
        processes.stop('p');
        processes.start('p', out.start());
      },
    });
    const toggle = [go('up', 0, 1), go('down', 1, 0)];
    const asked = (...fairness: readonly Fairness[]) =>
      verdicts({
        processes: { p: forth.start() },
        actions: [change, ...toggle],
        properties: [arrives],
        fairness: [...weaklyFair(change, ...toggle), ...fairness],
      });
    // The second process is offered its step again and again: only strong fairness of its own flow
    // makes it take it.
    expect(asked()).toEqual(['violated']);
    expect(asked(...weaklyFair(out))).toEqual(['violated']);
    expect(asked(...stronglyFair(forth))).toEqual(['violated']);
    expect(asked(...stronglyFair(out))).toEqual(['holds']);
    expect(asked(...stronglyFair(out.at('step')))).toEqual(['holds']);
    expect(asked(...stronglyFair(forth.at('step')))).toEqual(['violated']);
    expect(asked(...stronglyFair('processes'))).toEqual(['holds']);
  });

  test('also where its lists stand in a list', () => {
    const leave = go('leave', 0, 5);
    const asked = (fairness: System<World>['fairness'] & object) =>
      verdicts({ actions: [leave], properties: [arrives], fairness });
    expect(asked([])).toEqual(['violated']);
    expect(asked([weaklyFair(leave)])).toEqual(['holds']);
    expect(asked([stronglyFair('processes'), ...weaklyFair(leave)])).toEqual(['holds']);
  });

  test('between processes of one flow', () => {
    const wait = world.flow({
      name: 'wait',
      vars: (at: number) => ({ at }),
      steps: {
        pass: {
          when: ({ x }, { at }) => x === at,
          do: (state, { at }) => {
            state.x = at + 1;
            return 'pass';
          },
        },
      },
    });
    const back = go('back', 1, 0);
    const asked = (fairness: readonly Fairness[]) =>
      verdicts({
        processes: { first: wait.start(0), second: wait.start(1) },
        actions: [back],
        properties: [world.eventually('two', ({ x }) => x === 2)],
        fairness,
      });
    // The first goes round with `back`; that it takes steps is no reason for the second to have had
    // its share.
    expect(asked(weaklyFair('processes'))).toEqual(['violated']);
    expect(asked(stronglyFair('anything'))).toEqual(['violated']);
    expect(asked(stronglyFair(wait))).toEqual(['holds']);
  });

  test('between labels of one process', () => {
    const walk = world.flow({
      name: 'walk',
      steps: {
        left(state) {
          state.turn = 1 - state.turn;
        },
        right: {
          when: ({ turn }) => turn === 0,
          do: (state) => {
            state.x = 5;
          },
        },
      },
    });
    const nudge = world.action({
      name: 'nudge',
      when: (_, { p }) => p?.at === 'right',
      do: (_state, _pick, processes) => processes.move('p', 'left'),
    });
    const asked = (...fairness: readonly Fairness[]) =>
      verdicts({
        processes: { p: walk.start() },
        actions: [nudge],
        properties: [arrives],
        fairness: [...weaklyFair(nudge), ...fairness],
      });
    expect(asked(...stronglyFair(walk))).toEqual(['violated']);
    expect(asked(...stronglyFair(walk.at('left')))).toEqual(['violated']);
    expect(asked(...weaklyFair(walk, walk.at('right')))).toEqual(['violated']);
    // At the other label the process goes on taking steps, but the way out is open every other
    // time.
    expect(asked(...weaklyFair(walk), ...stronglyFair(walk.at('right')))).toEqual(['holds']);
  });

  test('between actions of one name that have other actors', () => {
    const [loop, leave] = [go('act', 0, 1, 'one'), go('act', 1, 5, 'other')];
    const asked = (fairness: readonly Fairness[]) =>
      verdicts({
        actions: [loop, leave, go('back', 1, 0)],
        properties: [arrives],
        fairness: [...weaklyFair('anything'), ...fairness],
      });
    expect(asked(stronglyFair(loop))).toEqual(['violated']);
    expect(asked(stronglyFair(leave))).toEqual(['holds']);
  });

  test('among more conditions than a word has bits', () => {
    for (const count of [30, 31, 32, 33, 62, 63, 64, 65, 100]) {
      // The last of many makes the way out, which is open every other time.
      const others = Array.from({ length: count - 1 }, (_, i) =>
        world.action({
          name: `other${i}`,
          when: ({ turn }) => turn === i,
          do: (state) => {
            state.turn = (i + 1) % (count - 1);
          },
        }),
      );
      const leave = world.action({
        name: 'leave',
        when: ({ turn }) => turn === 0,
        do: (state) => {
          state.x = 5;
        },
      });
      const asked = (last: readonly Fairness[]) =>
        verdicts({
          actions: [...others, leave],
          properties: [arrives],
          fairness: [...weaklyFair(...others), ...last],
        });
      expect([count, ...asked(weaklyFair(leave))]).toEqual([count, 'violated']);
      expect([count, ...asked(stronglyFair(leave))]).toEqual([count, 'holds']);
    }
  });
});

describe('what each entry of a table leads to', () => {
  const put = (from: number, to: number, value: number | undefined) =>
    world.action({
      name: `${from}to${to}`,
      when: ({ x }) => x === from,
      do: (state) => {
        state.x = to;
        if (value === undefined) delete state.items['a'];
        else state.items['a'] = value;
      },
    });
  const asked = (...actions: readonly ReturnType<typeof put>[]) =>
    verdicts({
      actions,
      properties: [
        world.eachLeadsTo(
          'one becomes two',
          'items',
          (item) => item === 1,
          (item) => item === 2,
        ),
      ],
      fairness: weaklyFair('anything'),
    });

  test('is asked of an entry that appears on the way', () => {
    expect(asked(put(0, 1, 1), put(1, 2, 2))).toEqual(['holds']);
    expect(asked(put(0, 1, 1), put(1, 2, 3))).toEqual(['violated']);
  });

  test('is done when the entry is gone, and asked anew when it is back', () => {
    expect(asked(put(0, 1, 1), put(1, 2, undefined))).toEqual(['holds']);
    expect(asked(put(0, 1, 1), put(1, 2, undefined), put(2, 3, 1))).toEqual(['violated']);
    expect(asked(put(0, 1, 1), put(1, 0, undefined))).toEqual(['holds']);
  });

  test('waits while the entry is something else', () => {
    expect(asked(put(0, 1, 1), put(1, 2, 0), put(2, 1, 1))).toEqual(['violated']);
    expect(asked(put(0, 1, 1), put(1, 2, 0), put(2, 3, 2), put(3, 1, 1))).toEqual(['holds']);
  });
});

describe('a property about steps', () => {
  /** It can go in one way only, so that what is remembered about it is remembered in one place. */
  const tick = go('tick', 0, 1);
  const asked = (actions: System<World>['actions'], property: Property<World>) =>
    verdicts({ actions: [tick, ...(actions ?? [])], properties: [property] });

  test('is asked again where something differs that the step neither reads nor writes', () => {
    const turn = world.action({
      name: 'turn',
      when: (state) => state.turn === 0,
      do: (state) => {
        state.turn = 1;
      },
    });
    const isTick = (label: string) => label === 'tick';
    const properties = [
      world.step('before', (before, { label }) => !isTick(label) || before.turn === 0),
      world.step('after', (_, { label }, after) => !isTick(label) || after.turn === 0),
    ];
    for (const property of properties) {
      expect(asked([], property)).toEqual(['holds']);
      expect(asked([turn], property)).toEqual(['violated']);
    }
  });

  test('sees entries that appeared after it was first asked about such a step', () => {
    const add = world.action({
      name: 'add',
      when: ({ items }) => Object.keys(items).length < 2,
      do: (state) => {
        state.items[`i${Object.keys(state.items).length}`] = 1;
      },
    });
    const few = (items: object) => Object.keys(items).length < 2;
    const properties = [
      world.step('before', (before, { label }) => label !== 'tick' || few(before.items)),
      world.step('after', (_, { label }, after) => label !== 'tick' || few(after.items)),
      world.step('by id', (_, { label }, after) => label !== 'tick' || after.items['i1'] !== 1),
    ];
    for (const property of properties) {
      expect(asked([], property)).toEqual(['holds']);
      expect(asked([add], property)).toEqual(['violated']);
    }
  });

  test('is asked of steps that change nothing, and counts those for no run that goes on for ever', () => {
    const idle = world.action({ name: 'idle', do() {} });
    const is = (label: string) => label === 'idle';
    expect(
      asked(
        [idle],
        world.step('never idle', (_, { label }) => !is(label)),
      ),
    ).toEqual(['violated']);
    const idles = world.infinitelyOften('idle', { step: (_, { label }) => is(label) });
    expect(asked([idle], idles)).toEqual(['violated']);
  });
});
