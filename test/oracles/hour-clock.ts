/**
 * Lamport's hour clock, which may start at any hour: as many initial states as states.
 * Source of the counts: the manifest of the TLA+ examples.
 */
import { spec } from 'racewright';

interface Clock {
  hour: number;
}

const clock = spec<Clock>();

export const hourClock = clock.scenario({
  name: 'hour-clock',
  about: 'A clock that starts at any of twelve hours and goes round for ever.',
  system: () => ({
    init: () => Array.from({ length: 12 }, (_, i) => ({ hour: i + 1 })),
    actions: [
      clock.action({
        name: 'tick',
        do: (state) => {
          state.hour = (state.hour % 12) + 1;
        },
      }),
    ],
    properties: [clock.always('the hour is one of twelve', ({ hour }) => hour >= 1 && hour <= 12)],
  }),
  expect: [{ states: 12, generated: 24, levels: 1, reason: 'TLA+ examples' }],
});
