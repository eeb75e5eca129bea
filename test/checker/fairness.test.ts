import { expect, test } from 'vitest';
import { type Fairness, type System, stronglyFair, weaklyFair } from '../../src/index.ts';
import { go, verdicts, type World, world } from './live-counter.ts';

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

test('fairness keeps two flows apart whose processes have one id, one after the other', () => {
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

test('fairness keeps its conditions apart also where its lists stand in a list', () => {
  const leave = go('leave', 0, 5);
  const asked = (fairness: System<World>['fairness'] & object) =>
    verdicts({ actions: [leave], properties: [arrives], fairness });
  expect(asked([])).toEqual(['violated']);
  expect(asked([weaklyFair(leave)])).toEqual(['holds']);
  expect(asked([stronglyFair('processes'), ...weaklyFair(leave)])).toEqual(['holds']);
});

test('fairness keeps processes of one flow apart', () => {
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

test('fairness keeps labels of one process apart', () => {
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

test('fairness keeps actions of one name apart that have other actors', () => {
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

test('fairness keeps more conditions apart than a word has bits', () => {
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
