/**
 * Mistakes that the checker once made. Each gave a wrong verdict, a wrong figure or an unreadable error on a model
 * that is legal, if odd, and each was found by reading the checker, not by a scenario.
 */
import { describe, expect, test } from 'vitest';
import { check, spec } from '../../src/index.ts';

const model = spec<{ x: number }>();

describe('a deadlock', () => {
  const stopsAtOnce = (reads: boolean) =>
    model.scenario({
      name: 'stops',
      about: 'One step, and nothing after it.',
      system: () => ({
        init: () => ({ x: 0 }),
        actions: [
          model.action({
            name: 'go',
            when: ({ x }) => x === 0,
            do: (state) => {
              state.x = 1;
            },
          }),
        ],
        properties: reads
          ? [model.always('there is no ghost', (_, processes) => processes['ghost'] === undefined)]
          : [],
      }),
    });

  test('is found whether or not a property asks about a process that never exists', () => {
    const deadlocks = [false, true].map((reads) => check(stopsAtOnce(reads)).properties.at(-1));
    expect(deadlocks.map((property) => property?.verdict)).toEqual(['violated', 'violated']);
  });
});
