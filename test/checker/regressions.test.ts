/**
 * Mistakes that the checker once made. Each gave a wrong verdict, a wrong figure or an unreadable error on a model
 * that is legal, if odd, and each was found by reading the checker, not by a scenario.
 */
import { describe, expect, test } from 'vitest';
import { check, spec, stronglyFair, weaklyFair } from '../../src/index.ts';

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

describe('an action and something else of one name', () => {
  const go = (from: number, to: number) => ({
    when: ({ x }: { readonly x: number }) => x === from,
    do: (state: { x: number }) => {
      state.x = to;
    },
  });

  test('are not taken for one another by fairness', () => {
    const repair = model.action({ actor: 'fault', name: 'crash', ...go(0, 2) });
    const back = model.action({ name: 'back', ...go(1, 0) });
    const crash = model.fault({ name: 'crash', times: Number.POSITIVE_INFINITY, ...go(0, 1) });
    const { properties } = check(
      model.scenario({
        name: 'twins',
        about: 'An action that is called like a fault.',
        system: () => ({
          init: () => ({ x: 0 }),
          actions: [repair, back],
          faults: [crash],
          properties: [model.eventually('x is 2', ({ x }) => x === 2)],
          fairness: [...stronglyFair(repair), ...weaklyFair(back)],
          final: 'anywhere',
        }),
      }),
    );
    expect(properties.map(({ verdict }) => verdict)).toEqual(['holds']);
  });

  test('are not taken for one another by the ledger', () => {
    const tm = model.flow({ name: 'tm', steps: { abort() {} } });
    const { ledger } = check(
      model.scenario({
        name: 'namesakes',
        about: 'An actor that is called like a flow.',
        system: () => ({
          init: () => ({ x: 0 }),
          processes: { p: tm.start() },
          actions: [model.action({ actor: 'tm', name: 'abort', ...go(7, 8) })],
        }),
      }),
    );
    expect(ledger.neverTaken).toEqual(['tm.abort']);
  });
});
