import { expect, test } from 'vitest';
import { check, type Scenario, SpecError, spec, type Timers } from '../../src/index.ts';

interface Door {
  /** The process whose turn it is; 0 for none. */
  turn: string | null;
  waits: Timers;
  deadlines: Timers;
}

const door = spec<Door>();
const time = door.time({ timers: ['waits'], urgent: ['deadlines'] });

/**
 * Fischer's protocol (Lamport, A Fast Mutual Exclusion Algorithm, 1987): who saw no name writes its
 * own within `write` ticks, waits for `wait` ticks, and goes in if its name still stands.
 */
const enter = door.flow({
  name: 'enter',
  vars: (write: number, wait: number) => ({ write, wait }),
  steps: {
    look: {
      when: ({ turn }) => turn === null,
      do: (state, self) => time.start(state.deadlines, self.pid, self.write),
    },
    write(state, self) {
      time.stop(state.deadlines, self.pid);
      state.turn = self.pid;
      time.start(state.waits, self.pid, self.wait);
    },
    check: {
      when: ({ waits }, { pid }) => time.isOver(waits, pid),
      do(state, self) {
        time.stop(state.waits, self.pid);
        return state.turn === self.pid ? 'inside' : 'look';
      },
    },
    inside(state) {
      state.turn = null;
    },
  },
});

function fischer(processes: number, write: number, wait: number): Scenario {
  return door.scenario({
    name: 'fischer',
    about: 'Mutual exclusion by time.',
    system: () => ({
      init: () => ({ turn: null, waits: {}, deadlines: {} }),
      processes: Object.fromEntries(
        Array.from({ length: processes }, (_, i) => [`p${i}`, enter.start(write, wait)]),
      ),
      actions: [time.tick],
      properties: [
        door.always(
          'at most one is inside',
          door.countProcesses({ atMost: 1 }, ({ at }) => at === 'inside'),
        ),
      ],
    }),
  });
}

test.each([0, 1, 2, 3].flatMap((write) => [0, 1, 2, 3, 4].map((wait) => [write, wait] as const)))(
  'Fischer excludes two exactly if the wait is longer than the write: write %i, wait %i',
  (write, wait) => {
    for (const processes of [2, 3]) {
      const [first] = check(fischer(processes, write, wait)).properties;
      expect(first?.verdict).toBe(wait > write ? 'holds' : 'violated');
    }
  },
);

const lights = spec<{ lamp: Timers; bell: Timers; log: string }>();

/** The states of one system in which two timers run and an action stops the bell. */
function statesOf(lamp: number, bell: number, isUrgent: boolean): number {
  const { tick, start, stop, isOver } = lights.time(
    isUrgent ? { timers: ['lamp'], urgent: ['bell'] } : { timers: ['lamp', 'bell'] },
  );
  const scenario = lights.scenario({
    name: 'lights',
    about: 'A lamp and a bell.',
    system: () => ({
      init: () => {
        const state = { lamp: {}, bell: {}, log: '' };
        start(state.lamp, 'l', lamp);
        start(state.bell, 'b', bell);
        return state;
      },
      actions: [
        tick,
        lights.action({
          name: 'answer',
          when: (state) => isOver(state.bell, 'b'),
          do: (state) => stop(state.bell, 'b'),
        }),
      ],
      final: 'anywhere',
    }),
  });
  return check(scenario).states;
}

test('time passes over a timer that is over, and stands still at an urgent one', () => {
  for (const [lamp, bell] of [
    [3, 1],
    [1, 3],
    [2, 2],
    [4, 0],
  ] as const) {
    // Up to the bell there is one state a tick. After it the lamp has so many ticks left.
    const left = Math.max(0, lamp - bell);
    expect(statesOf(lamp, bell, true)).toBe(bell + 1 + (left + 1));
    expect(statesOf(lamp, bell, false)).toBe(bell + 1 + left + (left + 1));
  }
});

test('a timer loses one tick at a time, however often its table is named', () => {
  for (const isUrgent of [false, true]) {
    const urgent = isUrgent ? (['lamp'] as const) : [];
    const { tick } = lights.time({ timers: ['lamp', 'bell', 'lamp'], urgent });
    const scenario = lights.scenario({
      name: 'lights',
      about: 'One timer runs.',
      system: () => ({
        init: () => ({ lamp: { l: 3 }, bell: {}, log: '' }),
        actions: [tick],
        final: 'anywhere',
      }),
    });
    expect(check(scenario).states).toBe(4);
  }
});

test.each([-1, 1.5, Number.NaN, 10_001, '3' as never])(
  'a timer of %s ticks is refused',
  (ticks) => {
    expect(() => time.start({}, 'a', ticks)).toThrow(SpecError);
  },
);

test('time without a table of timers is refused', () => {
  expect(() => lights.time({})).toThrow('time: it has no table of timers');
});

test('a field that is no table of timers is named', () => {
  const { tick } = lights.time({ timers: ['lamp'] });
  const scenario = lights.scenario({
    name: 'none',
    about: 'The lamp is a number.',
    system: () => ({ init: () => ({ lamp: 3, bell: {}, log: '' }) as never, actions: [tick] }),
  });
  expect(() => check(scenario)).toThrow("the state has no table 'lamp' of timers");
});
