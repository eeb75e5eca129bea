/**
 * N threads add one to a shared counter by reading it and then writing what they read plus one.
 * Source of the counts: the documentation and a run of Stateright's examples `increment` and
 * `increment_lock`, and an independent explorer.
 */
import { choice, range, spec } from 'racewright';

interface Counter {
  shared: number;
  readonly locks: { [name: string]: string | null };
}

interface Thread {
  seen: number;
}

const counter = spec<Counter>();
const unread = (): Thread => ({ seen: 0 });

const readAndWrite = {
  read(state: Counter, self: Thread) {
    self.seen = state.shared;
  },
  write(state: Counter, self: Thread) {
    state.shared = self.seen + 1;
  },
};

const increment = counter.flow({ name: 'increment', vars: unread, steps: readAndWrite });

const lockedIncrement = counter.flow({
  name: 'increment',
  vars: unread,
  steps: {
    lock: {
      when: (state) => state.locks['counter'] === null,
      do: (state, self) => {
        state.locks['counter'] = self.pid;
      },
    },
    ...readAndWrite,
    release(state) {
      state.locks['counter'] = null;
    },
  },
});

const lost = 'the counter is the number of threads that have written';

const unlocked = [
  [2, 13, 15],
  [3, 84, 112],
  [4, 755, 1_157],
  [5, 8_638, 15_206],
  [6, 118_509, 237_943],
] as const;

const locked = [
  [2, 17],
  [3, 61],
  [4, 257],
  [5, 1_301],
  [6, 7_825],
] as const;

export const lostUpdate = counter.scenario({
  name: 'lost-update',
  about: 'Reading and writing in two steps loses updates, unless a lock makes the two steps one.',
  parameters: { threads: range(2, 6), lock: choice(['none', 'mutex']) },
  system: ({ threads, lock }) => {
    const flow = lock === 'none' ? increment : lockedIncrement;
    const pids = Array.from({ length: threads }, (_, i) => `thread${i + 1}`);
    return {
      symmetry: { threads: pids },
      init: () => ({ shared: 0, locks: { counter: null } }),
      processes: Object.fromEntries(pids.map((pid) => [pid, flow.start()])),
      properties: [
        counter.always(lost, (state, processes) => {
          const written = pids.filter((pid) => {
            const at = processes[pid]?.at;
            return at === 'release' || at === 'done';
          });
          return written.length === state.shared;
        }),
      ],
    };
  },
  expect: [
    ...unlocked.map(([threads, states, generated]) => ({
      given: { threads, lock: 'none' as const },
      violates: { [lost]: 4 },
      states,
      generated,
      levels: 2 * threads + 1,
      reason: 'Stateright, increment',
    })),
    ...locked.map(([threads, states]) => ({
      given: { threads, lock: 'mutex' as const },
      states,
      generated: states,
      levels: 4 * threads + 1,
      reason: 'Stateright, increment_lock',
    })),
  ],
});
