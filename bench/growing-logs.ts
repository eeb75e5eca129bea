/**
 * The second bad case for the memo: two processes append to one shared log, so that each way
 * through the model has a value of its own in that slot. No two paths meet: there are as many
 * states as words over two letters. The counts: with n steps each, the number of words with at most
 * n of either letter; every state but the first has one predecessor, so generated equals distinct.
 */
import { range, spec } from 'racewright';

interface Shared {
  log: string[];
}

const shared = spec<Shared>();

const writer = shared.flow({
  name: 'writer',
  vars: (left: number) => ({ left }),
  steps: {
    append(state, self) {
      state.log.push(self.pid);
      self.left -= 1;
      return self.left === 0 ? 'done' : 'append';
    },
  },
});

/** How many words have at most n letters a and at most n letters b. */
function words(n: number): number {
  const choose = (all: number, some: number): number =>
    some === 0 ? 1 : (choose(all - 1, some - 1) * all) / some;
  return choose(2 * n + 2, n + 1) - 1;
}

export const growingLogs = shared.scenario({
  name: 'growing-logs',
  about:
    'Two writers append to one log: no two paths meet, and the log is different in every state.',
  parameters: {
    lines: range(1, 10, { default: 4, about: 'the number of lines that each writer writes' }),
  },
  system: ({ lines }) => ({
    init: () => ({ log: [] }),
    processes: { writer1: writer.start(lines), writer2: writer.start(lines) },
    properties: [
      shared.always(
        'the log never holds more lines than both can write',
        ({ log }) => log.length <= 2 * lines,
      ),
    ],
  }),
  expect: [1, 4, 7, 8].map((lines) => ({
    given: { lines },
    states: words(lines),
    generated: words(lines),
    levels: 2 * lines + 1,
    reason: 'the closed form',
  })),
});
