import { choice, spec, weaklyFair } from '../../src/index.ts';

/** Two processes that take two locks in opposite orders. */
interface Locks {
  readonly locks: { [name: string]: string | null };
  readonly saved: { [pid: string]: { size: number; tags: string[] } };
}

const locking = spec<Locks>();

const save = locking.flow({
  name: 'save',
  vars: (first: string, second: string) => ({ first, second }),
  steps: {
    take_first: {
      when: ({ locks }, self) => locks[self.first] === null,
      do: ({ locks }, self) => {
        locks[self.first] = self.pid;
      },
    },
    take_second: {
      when: ({ locks }, self) => locks[self.second] === null,
      do: ({ locks }, self) => {
        locks[self.second] = self.pid;
      },
    },
    write({ saved }, self, pick) {
      saved[self.pid] = { size: pick('size', [1, 20]), tags: ['new'] };
    },
    release({ locks }, self) {
      locks[self.first] = null;
      locks[self.second] = null;
    },
  },
});

export const twoLocks = locking.scenario({
  name: 'two-locks',
  about: 'Two processes take two locks. In opposite orders they wait for each other.',
  parameters: {
    order: choice(['same', 'opposite'], { default: 'opposite', about: 'of the locks' }),
    limit: choice([10, 50], { about: 'what may be saved' }),
  },
  system: ({ order, limit }) => ({
    init: () => ({ locks: { index: null, journal: null }, saved: {} }),
    processes: {
      p1: save.start('index', 'journal'),
      p2: order === 'same' ? save.start('index', 'journal') : save.start('journal', 'index'),
    },
    properties: [
      locking.always(
        'nothing that is saved is larger than the limit',
        locking.every('saved', ({ size }) => size <= limit),
      ),
      locking.reachable('both have saved', ({ saved }) => Object.keys(saved).length === 2),
    ],
  }),
  expect: [
    {
      given: { limit: 50 },
      violates: { 'every run can go on until it is done': 2 },
      states: 34,
    },
    { given: { order: 'same', limit: 50 }, states: 33 },
  ],
});

/** A counter that anybody may set, with a question of each kind. */
interface Clock {
  readonly hour: number;
}

const telling = spec<Clock>();

const tick = telling.action({
  name: 'tick',
  do: (state) => {
    state.hour = (state.hour + 1) % 3;
  },
});

export const clock = telling.scenario({
  name: 'clock',
  about: 'A clock with three hours, that does not stop.',
  system: () => ({
    init: () => ({ hour: 0 }),
    actions: [tick],
    fairness: weaklyFair(tick),
    properties: [
      telling.never('it is midnight', ({ hour }) => hour === 0),
      telling.reachable('it is noon', ({ hour }) => hour === 12),
      telling.eventually('it is two', ({ hour }) => hour === 2),
      telling.eventuallyAlways('it stays two', ({ hour }) => hour === 2),
      telling.step('the hour only grows', (before, _action, after) => after.hour > before.hour),
    ],
  }),
});

interface Counters {
  readonly counters: { [name: string]: number };
}

const counting = spec<Counters>();

/** Two counters of which much holds; each can grow too large, after many steps. */
export const manyCounters = counting.scenario({
  name: 'many-counters',
  about: 'Two counters grow.',
  system: () => ({
    init: () => ({ counters: { a: 0, b: 0 } }),
    actions: ['a', 'b'].map((name) =>
      counting.action({
        name: `grow_${name}`,
        when: ({ counters }) => (counters[name] ?? 0) < 14,
        do: ({ counters }) => {
          counters[name] = (counters[name] ?? 0) + 1;
        },
      }),
    ),
    properties: [
      ...['a', 'b'].map((name) =>
        counting.always(`${name} is small`, ({ counters }) => (counters[name] ?? 0) < 13),
      ),
      counting.always('the sum is small', ({ counters: { a = 0, b = 0 } }) => a + b < 20),
      ...Array.from({ length: 9 }, (_, n) =>
        counting.never(`a is below ${-1 - n}`, ({ counters: { a = 0 } }) => a < -1 - n),
      ),
    ],
    final: 'anywhere',
  }),
});
