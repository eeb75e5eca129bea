/**
 * Threads with even numbers lock A then B, those with odd numbers B then A; each releases both and
 * stops. Source of the counts: an independent explorer.
 */
import { range, spec } from 'racewright';

interface Locks {
  readonly locks: { [name: string]: string | null };
}

const model = spec<Locks>();

/** How the checker puts the question whether every state but a final one has a way out. */
const deadlock = 'every run can go on until it is done';

const lockBoth = model.flow({
  name: 'lock_both',
  vars: (first: string, second: string) => ({ first, second }),
  steps: {
    lock_first: {
      when: (state, self) => state.locks[self.first] === null,
      do: (state, self) => {
        state.locks[self.first] = self.pid;
      },
    },
    lock_second: {
      when: (state, self) => state.locks[self.second] === null,
      do: (state, self) => {
        state.locks[self.second] = self.pid;
      },
    },
    release_both(state) {
      state.locks['A'] = null;
      state.locks['B'] = null;
    },
  },
});

export const abBa = model.scenario({
  name: 'ab-ba',
  about: 'Two locks taken in opposite orders: the smallest deadlock.',
  parameters: { threads: range(2, 4) },
  system: ({ threads }) => ({
    init: () => ({ locks: { A: null, B: null } }),
    processes: Object.fromEntries(
      Array.from({ length: threads }, (_, i) => [
        `thread${i}`,
        i % 2 === 0 ? lockBoth.start('A', 'B') : lockBoth.start('B', 'A'),
      ]),
    ),
  }),
  expect: (
    [
      [2, 13, 15, 7],
      [3, 36, 45, 10],
      [4, 96, 129, 13],
    ] as const
  ).map(([threads, states, generated, levels]) => ({
    given: { threads },
    violates: { [deadlock]: 2 },
    states,
    generated,
    levels,
  })),
});
