/**
 * Two processes and one lock that is taken in one step: what Peterson's algorithm refines.
 * Source of the counts: the manifest of the TLA+ examples (`locks_auxiliary_vars`, Lock.tla).
 */
import { spec } from 'racewright';

interface Lock {
  readonly locks: { [name: string]: string | null };
}

const lock = spec<Lock>();

const locking = lock.flow({
  name: 'locking',
  steps: {
    l0_skip() {},
    l1_take: {
      when: (state) => state.locks['lock'] === null,
      do: (state, self) => {
        state.locks['lock'] = self.pid;
      },
    },
    critical_section() {},
    l2_release(state) {
      state.locks['lock'] = null;
      return 'l0_skip';
    },
  },
});

export const abstractLock = lock.scenario({
  name: 'abstract-lock',
  about: 'Two processes take turns with a lock that is taken and released in one step each.',
  system: () => ({
    init: () => ({ locks: { lock: null } }),
    processes: { p0: locking.start(), p1: locking.start() },
    properties: [
      lock.never(
        'both processes are in their critical sections',
        (_state, processes) =>
          processes['p0']?.at === 'critical_section' && processes['p1']?.at === 'critical_section',
      ),
    ],
  }),
  expect: [{ states: 12, generated: 21, levels: 5, reason: 'TLA+ examples' }],
});
