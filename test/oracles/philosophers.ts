/**
 * Dijkstra's dining philosophers: take left, take right, drop left, drop right, for ever. In the
 * ordered variant the last one takes the right fork first and drops it first. Source of the counts:
 * closed forms (3^N - 1 and 3^N states), an independent explorer, and BEEM phils.1 and phils.3.
 */
import { choice, range, spec } from 'racewright';

interface Table {
  readonly forks: { [name: string]: string | null };
}

const table = spec<Table>();

/** How the checker puts the question whether every state but a final one has a way out. */
const deadlock = 'every run can go on until it is done';

const dine = table.flow({
  name: 'dine',
  vars: (first: string, second: string) => ({ first, second }),
  steps: {
    take_first: {
      when: (state, self) => state.forks[self.first] === null,
      do: (state, self) => {
        state.forks[self.first] = self.pid;
      },
    },
    take_second: {
      when: (state, self) => state.forks[self.second] === null,
      do: (state, self) => {
        state.forks[self.second] = self.pid;
      },
    },
    drop_first(state, self) {
      state.forks[self.first] = null;
    },
    drop_second(state, self) {
      state.forks[self.second] = null;
      return 'take_first';
    },
  },
});

/** A philosopher eats with both forks in hand, that is, before dropping the first. */
const eating = 'drop_first';

export const philosophers = table.scenario({
  name: 'philosophers',
  about:
    'Philosophers who all take the left fork first starve together; one who is different saves them.',
  parameters: {
    seats: range(2, 12),
    forks: choice(['same', 'ordered'], {
      about: 'ordered: the last philosopher takes the right fork first',
    }),
  },
  system: ({ seats, forks }) => {
    const numbers = Array.from({ length: seats }, (_, i) => i);
    const startAt = (i: number) => {
      const left = `fork${i}`;
      const right = `fork${(i + 1) % seats}`;
      const reversed = forks === 'ordered' && i === seats - 1;
      return reversed ? dine.start(right, left) : dine.start(left, right);
    };
    const neighbours = Object.fromEntries(
      numbers.map((i) => [`fork${i}`, [`phil${i}`, `phil${(i + seats - 1) % seats}`] as const]),
    );
    return {
      init: () => ({ forks: Object.fromEntries(numbers.map((i) => [`fork${i}`, null])) }),
      processes: Object.fromEntries(numbers.map((i) => [`phil${i}`, startAt(i)])),
      properties: [
        table.always(
          'neighbours never eat at the same time',
          table.every('forks', (_holder, fork, _state, processes) => {
            const [one, other] = neighbours[fork] ?? ['', ''];
            return processes[one]?.at !== eating || processes[other]?.at !== eating;
          }),
        ),
      ],
    };
  },
  expect: [
    ...[11, 52, 213, 806, 2_911, 10_200, 34_985].map((generated, i) => ({
      given: { seats: i + 2, forks: 'same' as const },
      violates: { [deadlock]: i + 2 },
      states: 3 ** (i + 2) - 1,
      generated,
      levels: 3 * (i + 2) - 2,
    })),
    ...[13, 55, 217, 811, 2_917].map((generated, i) => ({
      given: { seats: i + 2, forks: 'ordered' as const },
      states: 3 ** (i + 2),
      generated,
      levels: 3 * (i + 2) - 1,
    })),
    {
      given: { seats: 12, forks: 'ordered' as const },
      states: 3 ** 12,
      levels: 35,
      reason: 'the closed forms 3^N and 3N - 1',
    },
  ],
});
