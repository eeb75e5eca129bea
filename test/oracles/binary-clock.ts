/**
 * A clock that shows 0 or 1 and may start with either.
 * Source of the counts: Stateright's example `binary_clock`.
 */
import { spec } from 'racewright';

interface Clock {
  time: 0 | 1;
}

const clock = spec<Clock>();

export const binaryClock = clock.scenario({
  name: 'binary-clock',
  about: 'Two initial states, each the successor of the other.',
  system: () => ({
    init: () => [{ time: 0 }, { time: 1 }],
    actions: [
      clock.action({
        name: 'go_low',
        when: (state) => state.time === 1,
        do: (state) => {
          state.time = 0;
        },
      }),
      clock.action({
        name: 'go_high',
        when: (state) => state.time === 0,
        do: (state) => {
          state.time = 1;
        },
      }),
    ],
  }),
  expect: [{ states: 2, generated: 4, levels: 1, reason: 'Stateright' }],
});
