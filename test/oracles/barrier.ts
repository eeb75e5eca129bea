/**
 * N processes meet at a barrier, again and again: Barrier.tla of the TLA+ examples.
 * Source of the counts: a run of TLC (64 states, 194 generated, 7 levels for six processes).
 */
import { spec } from 'racewright';

interface Barrier {
  readonly waiting: { [name: string]: boolean };
}

const barrier = spec<Barrier>();
const names = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];

export const barrierOfSix = barrier.scenario({
  name: 'barrier',
  about: 'Six processes wait for one another; the last one to arrive lets all of them go on.',
  system: () => ({
    init: () => ({ waiting: Object.fromEntries(names.map((name) => [name, false])) }),
    actions: [
      ...names.map((name) =>
        barrier.action({
          actor: name,
          name: 'arrive',
          when: (state) => !state.waiting[name],
          do: (state) => {
            state.waiting[name] = true;
          },
        }),
      ),
      barrier.action({
        name: 'release',
        when: (state) => names.every((name) => state.waiting[name]),
        do: (state) => {
          for (const name of names) state.waiting[name] = false;
        },
      }),
    ],
    properties: [
      barrier.reachable('everybody waits', (state) => names.every((name) => state.waiting[name])),
    ],
  }),
  expect: [{ states: 64, generated: 194, levels: 7, reason: 'TLC' }],
});
