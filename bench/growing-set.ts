/**
 * The case in which a memo cannot pay: one slot that holds a large set, a different one in almost
 * every state. A memo by the values that a recipe read has as many entries as there are states, and
 * finds few of them again. The counts are those of bits that are only ever set: 2^n states, 1 + n
 * 2^(n-1) generated, n + 1 levels.
 */
import { range, spec } from 'racewright';

interface Collection {
  /** Which of the things were seen, in their order. */
  seen: string[];
}

const collection = spec<Collection>();

export const growingSet = collection.scenario({
  name: 'growing-set',
  about: 'Collectors put things into one shared set: almost every state has a set of its own.',
  parameters: { things: range(2, 20, { default: 10 }) },
  system: ({ things }) => {
    const names = Array.from({ length: things }, (_, i) => `thing-${String(i).padStart(2, '0')}`);
    return {
      init: () => ({ seen: [] }),
      actions: names.map((name) =>
        collection.action({
          actor: name,
          name: 'collect',
          when: (state) => !state.seen.includes(name),
          do: (state) => {
            state.seen.push(name);
            state.seen.sort();
          },
        }),
      ),
      properties: [
        collection.never(
          'a collector sees a thing twice',
          ({ seen }) => new Set(seen).size < seen.length,
        ),
      ],
      final: ({ seen }) => seen.length === things,
    };
  },
  expect: [2, 10, 14, 16].map((things) => ({
    given: { things },
    states: 2 ** things,
    generated: 1 + things * 2 ** (things - 1),
    levels: things + 1,
    reason: 'the closed forms',
  })),
});
