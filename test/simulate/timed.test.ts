import { expect, test } from 'vitest';
import {
  type Basis,
  constant,
  exponential,
  type Scenario,
  simulateTimed,
  spec,
  uniform,
} from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import { timedAnswer } from './timed-answer.ts';

const basis: Basis = { assumed: 'for a test' };
const model = spec<{ readonly at: { [pid: string]: 'work' } }>();

/** Two operations, each of one step. They overlap where one arrives while the other works. */
const overlap = (mean: number): Scenario => {
  const work = model.flow({
    name: 'work',
    steps: {
      begin(state, self) {
        state.at[self.pid] = 'work';
      },
      end(state, self) {
        delete state.at[self.pid];
      },
    },
  });
  return model.scenario({
    name: 'overlap',
    about: 'Two operations that may overlap.',
    system: () => ({
      init: () => ({ at: {} }),
      processes: { a: work.start(), b: work.start() },
      properties: [model.never('both work', ({ at }) => Object.keys(at).length === 2)],
    }),
    durations: {
      'work.begin': exponential(1e-9, basis),
      'work.end': exponential(mean, basis),
    },
  });
};

test('two operations overlap with the probability of a race between two clocks', () => {
  // The second arrives at rate 1/36 a second before the first ends at rate 1/10.
  const [likelihood] = simulateTimed(overlap(10), { perHour: 200 }).likelihoods;
  const inRound = 1 / 36 / (1 / 36 + 1 / 10);
  // A round has one request, and a second one in as many rounds as overlap.
  expect(likelihood?.exact?.perRequest).toBeCloseTo(inRound / (1 + inRound), 6);
});

test('with constant durations a request fails where the next arrives within the duration', () => {
  const durations = { 'work.begin': constant(0, basis), 'work.end': constant(10, basis) };
  const [likelihood] = simulateTimed(overlap(1), { perHour: 200, durations }).likelihoods;
  const inRound = 1 - Math.exp(-10 / 36);
  const truth = inRound / (1 + inRound);
  const { low = 0, high = 0 } = likelihood?.perRequest ?? {};
  expect(likelihood?.exact).toBeUndefined();
  expect(low).toBeLessThan(truth);
  expect(high).toBeGreaterThan(truth);
  expect(high - low).toBeLessThan(0.01);
});

/** A request that waits for what another one does, and actions beside them. */
const waiting = (extra: Partial<ReturnType<typeof waitingSystem>> = {}): Scenario =>
  shop.scenario({
    name: 'waiting',
    about: 'A customer waits for the shop to open.',
    system: () => ({ ...waitingSystem(), ...extra }),
    durations: {
      open: exponential(1, basis),
      enter: exponential(1, basis),
      buy: exponential(1, basis),
      tick: exponential(1, basis),
    },
  });
const shop = spec<{ isOpen: boolean; sold: number }>();
const opening = shop.flow({
  name: 'opening',
  steps: {
    open(state) {
      state.isOpen = true;
    },
  },
});
const buying = shop.flow({
  name: 'buying',
  steps: {
    enter() {},
    buy: {
      when: ({ isOpen }) => isOpen,
      do(state) {
        state.sold += 1;
      },
    },
  },
});
const waitingSystem = () => ({
  init: () => ({ isOpen: false, sold: 0 }),
  processes: { a: opening.start(), b: buying.start() } as Record<
    string,
    ReturnType<typeof opening.start> | ReturnType<typeof buying.start>
  >,
  properties: [shop.never('something is sold', ({ sold }) => sold > 0)],
});

test('a request that waits for another one is under way until that one has come', () => {
  const { likelihoods, stuck } = simulateTimed(waiting(), { perHour: 200, rounds: 4_000 });
  // Either b comes first, and waits for a, or it comes while a opens the shop.
  const meanwhile = 1 / 36 / (1 / 36 + 1);
  const truth = (1 + meanwhile) / (2 + 1 + meanwhile);
  const [{ exact, perRequest } = {}] = likelihoods;
  expect(exact?.perRequest).toBeCloseTo(truth, 9);
  expect(perRequest?.low).toBeLessThan(truth);
  expect(perRequest?.high).toBeGreaterThan(truth);
  expect(stuck).toBe(0);
});

test('a round ends where a request waits for ever, and that is counted', () => {
  const scenario = waiting({ processes: { b: buying.start() } });
  const { likelihoods, stuck, requests } = simulateTimed(scenario, { rounds: 50 });
  expect({ stuck, requests }).toEqual({ stuck: 50, requests: 50 });
  expect(likelihoods).toMatchObject([{ isNever: true, hits: 0, exact: { perRequest: 0 } }]);
});

test('rounds that never end are refused, with a step that goes on', () => {
  const tick = shop.action({
    name: 'tick',
    do(state) {
      state.sold = (state.sold + 1) % 3;
    },
  });
  const scenario = shop.scenario({
    name: 'ticking',
    about: 'A clock that ticks for ever.',
    system: () => ({ ...waitingSystem(), actions: [tick] }),
    durations: waiting().durations ?? {},
  });
  expect(() => simulateTimed(scenario)).toThrow(/a round may never end: .*'tick'/);
});

test('an operation that is back where it began has ended', () => {
  const serving = shop.flow({
    name: 'serving',
    steps: {
      enter(state) {
        state.sold = 1;
      },
      buy(state) {
        state.sold = 0;
        return 'enter';
      },
    },
  });
  const scenario = waiting({ processes: { a: serving.start() } as never });
  const { likelihoods, rounds, requests } = simulateTimed(scenario, { rounds: 30 });
  expect({ rounds, requests }).toEqual({ rounds: 30, requests: 30 });
  expect(likelihoods).toMatchObject([{ hits: 30, exact: { perRequest: 1 }, window: undefined }]);
});

test.each(['none', 'attach', 'detach', 'both'] as const)(
  'with the lock %s the interval contains the exact value for 90 of 100 seeds',
  (lock) => {
    let inside = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const options = { parameters: { lock }, seed, rounds: 1_500 } as const;
      const [lost] = timedAnswer(seedRace, options).likelihoods;
      const { low = 0, high = 0 } = lost?.perRequest ?? {};
      const exact = lost?.exact?.perRequest ?? Number.NaN;
      if (low <= exact && exact <= high) inside += 1;
    }
    expect(inside).toBeGreaterThanOrEqual(90);
  },
  30_000,
);

test('a longer disconnect is the more dangerous one, and a longer connect is not', () => {
  const [lost] = simulateTimed(seedRace, { rounds: 1 }).likelihoods;
  const of = (step: string) => lost?.sensitivity?.find((each) => each.step === step);
  const now = lost?.exact?.perRequest ?? 0;
  expect(of('detach.disconnect_volume')?.doubled.value).toBeGreaterThan(2 * now);
  expect(of('attach.connect_volume')?.doubled.value).toBeLessThan(now);
});

test('with the lock of both sides no connection is ever lost', () => {
  const { likelihoods } = simulateTimed(seedRace, { parameters: { lock: 'both' }, rounds: 100 });
  expect(likelihoods.map(({ exact }) => exact?.perRequest)).toEqual([0, 0]);
});

test.each([
  ['a rate of zero', { perHour: 0 }, /the rate is 0 requests an hour/],
  ['a rate below zero', { perHour: -1 }, /the rate is -1/],
  ['an infinite rate', { perHour: Number.POSITIVE_INFINITY }, /the rate is Infinity/],
  ['no rounds', { rounds: 0 }, /rounds is 0/],
  ['a seed that is no integer', { seed: 0.5 }, /the seed is 0.5/],
])('%s is refused', (_, options, message) => {
  expect(() => simulateTimed(seedRace, options)).toThrow(message);
});

test('a step without a duration is refused by its name', () => {
  const scenario = model.scenario({
    name: 'untimed',
    about: 'A process without durations.',
    system: () => ({
      init: () => ({ at: {} }),
      processes: { a: model.flow({ name: 'f', steps: { go() {} } }).start() },
    }),
  });
  expect(() => simulateTimed(scenario)).toThrow(/the step 'f.go' has no duration/);
});

test.each([
  ['negative', () => exponential(-1, basis)],
  ['infinite', () => exponential(Number.POSITIVE_INFINITY, basis)],
  ['no number', () => constant(Number.NaN, basis)],
  ['zero and random', () => exponential(0, basis)],
  ['upside down', () => uniform(2, 1, basis)],
  [
    'made by hand',
    () =>
      model.scenario({
        name: 'by-hand',
        about: 'A duration that no function has made.',
        system: () => ({ init: () => ({ at: {} }) }),
        durations: { go: { kind: 'exponential', mean: -3, basis } },
      }),
  ],
  [
    'without a basis',
    () =>
      model.scenario({
        name: 'no-basis',
        about: 'A duration that does not say what it rests on.',
        system: () => ({ init: () => ({ at: {} }) }),
        durations: { go: { kind: 'exponential', mean: 3, basis: { assumed: ' ' } } },
      }),
  ],
])('a duration that is %s is refused', (_, make) => {
  expect(make).toThrow(/Give a number|Write it like this|The second number|Add \{/);
});
