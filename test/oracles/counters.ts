/**
 * Independent counters that only go up: (m+1)^k states, 1 + k m (m+1)^(k-1) generated, k m + 1
 * levels. Source of the counts: the closed forms, which an independent explorer confirmed.
 */
import { range, spec } from 'racewright';

interface Counters {
  readonly counters: { [name: string]: number };
}

const model = spec<Counters>();

export const counters = model.scenario({
  name: 'counters',
  about: 'Independent processes: every interleaving ends in the same state.',
  parameters: {
    counters: range(1, 6, { default: 3 }),
    most: range(1, 5, { default: 4, about: 'where every counter stops' }),
  },
  system: ({ counters: count, most }) => {
    const names = Array.from({ length: count }, (_, i) => `c${i + 1}`);
    return {
      init: () => ({ counters: Object.fromEntries(names.map((name) => [name, 0])) }),
      actions: names.map((name) =>
        model.action({
          actor: name,
          name: 'increment',
          when: (state) => (state.counters[name] ?? 0) < most,
          do: (state) => {
            state.counters[name] = (state.counters[name] ?? 0) + 1;
          },
        }),
      ),
      final: (state) => names.every((name) => state.counters[name] === most),
    };
  },
  expect: [
    { given: { counters: 3, most: 4 }, states: 125, generated: 301, levels: 13 },
    { given: { counters: 5, most: 3 }, states: 1_024, generated: 3_841, levels: 16 },
    {
      given: { counters: 6, most: 5 },
      states: 6 ** 6,
      generated: 1 + 6 * 5 * 6 ** 5,
      levels: 31,
      reason: 'the closed forms',
    },
  ],
});
