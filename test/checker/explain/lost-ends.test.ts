import { expect, test } from 'vitest';
import { explain } from '../../../src/checker/explain/explain.ts';
import { check, OUT_OF_REACH, type Scenario, spec } from '../../../src/index.ts';
import { whyRecord } from '../../../src/report/why-text.ts';

interface Desk {
  a: string | null;
  b: string | null;
  n: number;
}

const desk = spec<Desk>();

const both = desk.flow({
  name: 'both',
  vars: (first: 'a' | 'b', second: 'a' | 'b') => ({ first, second }),
  steps: {
    one: {
      when: (state, self) => state[self.first] === null,
      do(state, self) {
        state[self.first] = self.pid;
      },
    },
    other: {
      when: (state, self) => state[self.second] === null,
      do(state, self) {
        state[self.second] = self.pid;
      },
    },
    back(state, self) {
      state[self.first] = null;
      state[self.second] = null;
    },
  },
});

/** Turns round and round once it has begun. */
const wheel = desk.flow({
  name: 'wheel',
  steps: {
    begin: () => 'turn',
    turn(state) {
      state.n = 1 - state.n;
      return 'turn';
    },
  },
});

const tick = desk.action({
  name: 'tick',
  do(state) {
    state.n = 1 - state.n;
  },
});

function deskOf(more: { readonly wheel?: true; readonly tick?: true; readonly count?: number }) {
  return desk.scenario({
    name: 'desk',
    about: 'Two that take two things, each in its order.',
    system: () => ({
      init: () => ({ a: null, b: null, n: 0 }),
      processes: {
        p: both.start('a', 'b'),
        q: both.start('b', 'a'),
        ...(more.wheel ? { wheel: wheel.start() } : {}),
      },
      actions: [
        ...(more.tick ? [tick] : []),
        ...(more.count === undefined ? [] : [counting(more.count)]),
      ],
      final: (_state, { p, q, ...others }) =>
        p?.at === 'done' && q?.at === 'done' && others['wheel']?.at !== 'turn',
    }),
  });
}

const counting = (most: number) =>
  desk.action({
    name: 'count',
    do(state) {
      state.n = (state.n + 1) % most;
    },
  });

function whyOf(scenario: Scenario) {
  const { properties, parameters } = check(scenario);
  const [property] = properties;
  if (property?.trace === undefined) throw new Error('an end is always in reach');
  const explanation = explain(scenario, property, property.trace, { smallerStatesMax: 0 });
  if (explanation === undefined) throw new Error('it is not explained');
  return { part: property.failingPart, sentences: whyRecord(explanation, parameters).sentences };
}

const apart = 'in every run in which p and q do not overlap, the property holds';

test('an explanation covers an end that two processes lose together, beside a clock that ticks', () => {
  expect(whyOf(deskOf({}))).toEqual({ part: undefined, sentences: [apart] });
  expect(whyOf(deskOf({ tick: true }))).toEqual({ part: OUT_OF_REACH, sentences: [apart] });
});

test('an explanation names no order of two processes as the reason where a third one loses the end as well', () => {
  expect(whyOf(deskOf({ wheel: true })).sentences).not.toContain(apart);
});

test('an explanation gives no reason of a lost end where more states follow than it looks at', () => {
  expect(whyOf(deskOf({ count: 3_000 })).sentences).toEqual([
    'undecided whether another order, pick or fault makes the property hold: more than 20,000 states',
  ]);
});
