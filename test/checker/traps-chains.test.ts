/**
 * Traps of long chains of states: a search, a trace or a component as deep as there are states. See
 * traps.test.ts.
 */
import { expect, test } from 'vitest';
import { check, type Result, type System, spec, weaklyFair } from '../../src/index.ts';
import { hanoi } from '../oracles/hanoi.ts';
import { arrows, drawing, drawn } from './drawn.ts';
import { is, orders } from './orders.ts';

const counter = (most: number, isRing: boolean) =>
  drawing.scenario({
    name: 'counter',
    about: 'A number that goes up to a bound, and back to 0 if it is a ring.',
    system: () => ({
      init: () => ({ x: 0 }),
      actions: [
        drawing.action({
          name: 'count',
          when: ({ x }) => isRing || x < most,
          do: (place) => {
            place.x = place.x === most ? 0 : place.x + 1;
          },
        }),
      ],
      properties: [
        drawing.eventually('it arrives', is(most)),
        drawing.eventuallyAlways('it stays', is(most)),
      ],
      fairness: weaklyFair('anything'),
      final: 'anywhere',
    }),
  });

const facts = ({ states, levels, properties }: Result) => ({
  states,
  levels,
  verdicts: properties.map(({ verdict }) => verdict),
});

test.each(orders)(
  'S38: the checker searches a chain of a million steps and cuts it into components, %s',
  (order) => {
    const figures = { states: 1_000_001, levels: 1_000_001 };
    const chain = check(counter(1_000_000, false), { order });
    expect(facts(chain)).toEqual({ ...figures, verdicts: ['holds', 'holds'] });
  },
);

test.each(orders)('S38: a chain of a hundred thousand steps is a counterexample, %s', (order) => {
  const { properties } = check(counter(100_000, true), { order });
  expect(properties.map(({ verdict }) => verdict)).toEqual(['holds', 'violated']);
  const { steps = [], loopsTo } = properties[1]?.trace ?? {};
  expect([steps.length, loopsTo, steps.at(-1)?.state.state]).toEqual([100_001, 0, { x: 0 }]);
});

test('S38: the checker follows a chain of two hundred thousand steps for what a shorter loop lacks', () => {
  const most = 200_000;
  const ring = drawing.action({
    name: 'on',
    do: (place) => {
      place.x = (place.x + 1) % most;
    },
  });
  const scenario = drawn({
    actions: [arrows('back', [1, 0]), ring],
    properties: [drawing.eventuallyAlways('never the last', ({ x }) => x !== most - 1)],
    fairness: weaklyFair('anything'),
  });
  const { trace } = check(scenario).properties[0] ?? {};
  expect([trace?.loopsTo, trace?.steps.length]).toEqual([0, most]);
});

test.each(orders)(
  'S38: the tower of twelve discs is solved in 4,095 moves, and the search goes on for ever, %s',
  (order) => {
    interface Tower {
      readonly discs: { [name: string]: string };
    }
    const tower = spec<Tower>();
    const names = Array.from({ length: 12 }, (_, i) => `disc${12 - i}`);
    const isSolved = ({ discs }: { readonly discs: Readonly<Record<string, string>> }) =>
      names.every((name) => discs[name] === 'c');
    const live = tower.scenario({
      name: 'live-hanoi',
      about: 'The tower of Hanoi, asked whether it is ever solved for good.',
      system: () => {
        const given = hanoi.system({ discs: 12 }) as unknown as System<Tower>;
        return {
          ...given,
          properties: [
            tower.never('it is solved', isSolved),
            tower.eventuallyAlways('it is solved for good', isSolved),
            tower.infinitelyOften('a disc moves', { step: () => true }),
          ],
          fairness: weaklyFair('anything'),
        };
      },
    });
    const { states, levels, properties } = check(live, { order });
    expect({ states, levels }).toEqual({ states: 3 ** 12, levels: 4_096 });
    expect(properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'violated',
      'holds',
      'holds',
    ]);
    const solution = properties[0]?.trace;
    if (order === 'breadth_first') expect(solution?.steps.length).toBe(4_095);
    expect(solution?.steps.at(-1)?.state.state['discs']).toEqual(
      Object.fromEntries(names.map((name) => [name, 'c'])),
    );
  },
);
