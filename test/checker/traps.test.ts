/**
 * Tiny models on which well-known checkers once gave the wrong answer, by their numbers in
 * traps.md.
 *
 * Here: fairness, loops and the way to a counterexample. Symmetry, partial orders and lossy stores,
 * none of which this checker has: traps-reduction.test.ts. Going on and stopping:
 * traps-search.test.ts. Long chains: traps-chains.test.ts. S19 and S21: broken-models.test.ts. S21
 * and S22 of properties: broken-questions.test.ts. S20: equality.test.ts. S40 is about validating
 * traces, which does not exist here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  check,
  replay,
  spec,
  stronglyFair,
  type Trace,
  type WorldState,
  weaklyFair,
} from '../../src/index.ts';
import { answers, arrows, bothOrders, drawing, drawn, shown } from './drawn.ts';

const anything = weaklyFair('anything');

const isOdd = ({ x }: { readonly x: number }) => x % 2 === 1;

const is =
  (value: number) =>
  ({ x }: { readonly x: number }) =>
    x === value;

test('S1: a run that goes round among even numbers never comes to an odd one', () => {
  const scenario = drawn({
    actions: [arrows('next', [0, 2], [2, 4], [4, 2])],
    properties: [drawing.eventually('odd', isOdd)],
    fairness: anything,
  });
  expect(answers(scenario)).toEqual(['violated: 0 (2 4)']);
});

test('S2: a run into a state that a satisfied run reached first is still a counterexample', () => {
  const scenario = drawn({
    init: [0, 1],
    actions: [arrows('next', [0, 2], [2, 4], [1, 4], [4, 6])],
    properties: [drawing.eventually('odd', isOdd)],
    fairness: anything,
  });
  expect(answers(scenario)).toEqual(['violated: 0 2 4 6 stops']);
});

test('S3: without fairness a run may stop before its only step, with fairness it may not', () => {
  const text = {
    actions: [arrows('next', [0, 1])],
    properties: [drawing.eventually('there', is(1))],
  };
  expect(answers(drawn(text))).toEqual(['violated: 0 stops']);
  expect(answers(drawn({ ...text, fairness: anything }))).toEqual(['holds']);
});

test('S4: fairness asks for steps of an action, not for states that they could lead to', () => {
  const a = arrows('a', [0, 1], [1, 2], [2, 0]);
  const everywhere = [0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => [from, to] as const));
  const scenario = (fairness: ReturnType<typeof weaklyFair>) =>
    drawn({
      actions: [a, arrows('b', ...everywhere)],
      properties: [
        drawing.infinitelyOften('a step of a', { step: (_, { label }) => label === 'a' }),
      ],
      fairness,
    });
  expect(answers(scenario(weaklyFair(a)))).toEqual(['holds']);
  expect(answers(scenario(anything))).toEqual(['violated: (0 1)']);
});

test('S7: a step that leaves the state as it is does not satisfy fairness', () => {
  const scenario = drawn({
    actions: [arrows('next', [0, 0], [0, 1], [1, 1], [1, 2], [2, 2], [2, 3])],
    properties: [drawing.eventually('three', is(3))],
    fairness: anything,
  });
  expect(answers(scenario)).toEqual(['holds']);
});

test('S8: a value that toggles for ever does not come to rest', () => {
  const scenario = drawn({
    actions: [arrows('toggle', [0, 1], [1, 0])],
    properties: [drawing.eventuallyAlways('one', is(1))],
    fairness: anything,
  });
  expect(answers(scenario)).toEqual(['violated: (0 1)']);
});

test('S9: a release that is enabled again and again needs strong fairness', () => {
  const release = arrows('release', [1, 0]);
  const scenario = (fairness: ReturnType<typeof weaklyFair>) =>
    drawn({
      actions: [arrows('next', [0, 1], [1, 2], [2, 1]), release],
      properties: [drawing.leadsTo('what is taken is released', is(1), is(0))],
      fairness: [...anything, ...fairness],
    });
  expect(answers(scenario(weaklyFair(release)))).toEqual(['violated: 0 (1 2)']);
  expect(answers(scenario(stronglyFair(release)))).toEqual(['holds']);
});

test('S25: an assumption about an action that is never enabled forces nothing, and the ledger calls it vacuous', () => {
  const never = drawing.action({ name: 'never', when: () => false, do() {} });
  const scenario = drawn({
    actions: [arrows('toggle', [0, 1], [1, 0]), never],
    properties: [drawing.infinitelyOften('one', is(1))],
    fairness: weaklyFair(never),
  });
  expect(answers(scenario)).toEqual(['violated: 0 stops']);
  expect(check(scenario).ledger.fairness).toEqual([
    { condition: 'weak fairness of never', vacuous: true },
  ]);
});

test('S27: every step of a printed loop exists', () => {
  const scenario = drawn({
    actions: [arrows('next', [0, 1], [1, 2], [2, 0], [0, 0])],
    properties: [drawing.eventuallyAlways('not zero', ({ x }) => x !== 0)],
    fairness: anything,
  });
  expect(answers(scenario)).toEqual(['violated: (0 1 2)']);
});

test('S6: a history of four states is the shortest that shows a second rise', () => {
  const bits = spec<{ x: boolean; risen: 'no' | 'once' | 'and fallen' | 'twice' }>();
  const after = { no: 'once', once: 'once', 'and fallen': 'twice', twice: 'twice' } as const;
  const before = {
    no: 'no',
    once: 'and fallen',
    'and fallen': 'and fallen',
    twice: 'twice',
  } as const;
  const scenario = bits.scenario({
    name: 'free-bit',
    about: 'A bit that is set freely, with an observer that remembers its rises.',
    system: () => ({
      init: () => ({ x: false, risen: 'no' }),
      actions: [
        bits.action({
          name: 'set',
          do: (state, pick) => {
            state.x = pick('to', [false, true]);
            state.risen = (state.x ? after : before)[state.risen];
          },
        }),
      ],
      properties: [
        bits.always('once it has fallen it stays low', ({ risen }) => risen !== 'twice'),
      ],
    }),
  });
  const trace = bothOrders(scenario).properties[0]?.trace;
  expect(statesOf(trace).map(({ state }) => state['x'])).toEqual([false, true, false, true]);
});

test.each(['breadth_first', 'depth_first'] as const)(
  'S17: a bound on the depth hides nothing that lies within it, %s',
  (order) => {
    const [left, right] = [arrows('left', [0, 1], [1, 2], [2, 3]), arrows('right', [0, 9], [9, 3])];
    for (const actions of [
      [left, right],
      [right, left],
    ]) {
      const scenario = drawn({
        actions: [...actions, arrows('on', [3, 4])],
        properties: [drawing.never('four', is(4))],
      });
      for (const depthMax of [3, 4]) {
        const [property] = check(scenario, { order, depthMax }).properties;
        expect(property?.verdict).toBe('violated');
        if (order === 'breadth_first' || depthMax === 3) {
          expect(shown(property?.trace)).toBe('0 9 3 4 stops');
        }
      }
      const [property] = check(scenario, { order, depthMax: 2 }).properties;
      expect(property?.verdict).toBe('undecided');
    }
  },
);

test('S32: of two actions with the same successor the trace names the one that was taken', () => {
  const twins = (forbidden: string) =>
    drawn({
      actions: [arrows('left', [0, 1]), arrows('right', [0, 1])],
      properties: [
        drawing.never('one', is(1)),
        drawing.step(`not ${forbidden}`, (_, { label }) => label !== forbidden),
      ],
    });
  for (const forbidden of ['left', 'right']) {
    const [state, step] = check(twins(forbidden)).properties;
    expect(step?.trace?.schedule).toEqual([forbidden]);
    expect(state?.trace?.schedule).toEqual(['left']);
    const other = replay(twins(forbidden), ['right']);
    expect([shown(other), ...other.schedule]).toEqual(['0 1 stops', 'right']);
  }
});

describe('traps.md', () => {
  const tests = new URL('../', import.meta.url);
  const page = readFileSync(new URL('checker/traps.md', tests), 'utf8');
  const listed = [...page.matchAll(/^\| (S\d+) \|/gm)].map(([, id]) => id);
  /** S40 is about validating traces, S41 about several workers: this checker does neither. */
  const without = ['S40', 'S41'];

  test('traps.md has a test of its number for each row but S40 and S41', () => {
    const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const tested = files.flatMap((file) => {
      const text = readFileSync(new URL(file, tests), 'utf8');
      return [...text.matchAll(/'(S\d+): /g)].map(([, id]) => id);
    });
    expect(listed).toHaveLength(38);
    expect([...new Set(tested), ...without].sort()).toEqual([...listed].sort());
  });
});

function statesOf(trace: Trace | undefined): readonly WorldState[] {
  return trace === undefined ? [] : [trace.init, ...trace.steps.map(({ state }) => state)];
}
