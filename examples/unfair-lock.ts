/**
 * Two locks that keep two clients apart. The first is a flag that a client sets where it finds it
 * free. It keeps them apart, but one client can take it again and again while the other never
 * finds it free. The second gives out numbers and serves them in turn.
 *
 * A property of this kind is about whole runs: its counterexample ends in a loop, and fairness
 * decides which loops count.
 */
import { choice, spec, stronglyFair, weaklyFair } from 'racewright';

interface Lock {
  holder: string | null;
  /** The number that the next client draws, and the one that is served now. */
  next: number;
  served: number;
}
const lock = spec<Lock>();

const clients = 2;
const after = (number: number) => (number + 1) % clients;

const client = (kind: 'flag' | 'numbers') =>
  lock.flow({
    name: 'client',
    vars: () => ({ number: 0 }),
    steps: {
      ask(state, self) {
        if (kind === 'flag') return;
        self.number = state.next;
        state.next = after(state.next);
      },
      enter: {
        when: (state, self) =>
          state.holder === null && (kind === 'flag' || state.served === self.number),
        do(state, self) {
          state.holder = self.pid;
        },
      },
      leave(state) {
        state.holder = null;
        if (kind === 'numbers') state.served = after(state.served);
        return 'ask';
      },
    },
  });

export const unfairLock = lock.scenario({
  name: 'unfair-lock',
  about: 'Two clients ask for a lock, use it and give it back, for ever.',
  parameters: { lock: choice(['flag', 'numbers']), fairness: choice(['weak', 'strong']) },
  system: ({ lock: kind, fairness }) => {
    const asking = client(kind);
    return {
      init: () => ({ holder: null, next: 0, served: 0 }),
      processes: { ann: asking.start(), bob: asking.start() },
      fairness: fairness === 'weak' ? weaklyFair('processes') : stronglyFair('processes'),
      properties: [
        lock.leadsTo(
          'a client that asks is served',
          (_state, processes) => asking.isAt(processes['ann'], 'enter'),
          ({ holder }) => holder === 'ann',
        ),
      ],
    };
  },
  expect: [
    {
      given: { lock: 'flag', fairness: 'weak' },
      violates: { 'a client that asks is served': 4 },
      reason: 'ann finds the lock taken each time it looks',
    },
    {
      given: { lock: 'flag', fairness: 'strong' },
      reason: 'ann is able to enter again and again',
    },
    { given: { lock: 'numbers' }, reason: 'once it is free for ann, it stays free for ann' },
  ],
});
