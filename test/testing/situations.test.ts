import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  check,
  failuresOf,
  ReplayError,
  replay,
  type Scenario,
  spec,
  type Trace,
} from '../../src/index.ts';
import { seedRace } from '../../src/scenarios/proofs-of-concept/seed-race.ts';
import {
  combinations,
  coveringRuns,
  everyRun,
  faultBudgets,
  points,
  runs,
  type Situation,
  situations,
} from '../../src/testing/index.ts';
import { canonical } from '../checker/reference.ts';

const shop = spec<{ stock: number; readonly sold: { [pid: string]: true } }>();
const buy = shop.flow({
  name: 'buy',
  vars: () => ({ seen: 0 }),
  steps: {
    look(state, self) {
      self.seen = state.stock;
    },
    pay(state, self) {
      if (self.seen < 1) return;
      state.stock -= 1;
      state.sold[self.pid] = true;
    },
  },
});
const sale = (customers: readonly string[]): Scenario =>
  shop.scenario({
    name: 'sale',
    about: 'Customers buy what is left.',
    system: () => ({
      init: () => ({ stock: 1, sold: {} }),
      processes: Object.fromEntries(customers.map((name) => [name, buy.start()])),
      faults: [shop.fault({ name: 'noise', times: 2, do() {} })],
      properties: [shop.always('the stock is not negative', ({ stock }) => stock >= 0)],
    }),
  });

/** What fast-check shrinks a failure to. Prints nothing. */
function shrunk<T>(arbitrary: fc.Arbitrary<T>, fails: (value: T) => boolean): T {
  const details = fc.check(
    fc.property(arbitrary, (value) => !fails(value)),
    { seed: 42, numRuns: 5_000 },
  );
  if (details.counterexample === null) throw new Error('nothing fails');
  return details.counterexample[0];
}

const isOversold = (scenario: Scenario, run: Trace): boolean =>
  failuresOf(scenario, run).some(({ kind }) => kind === 'always');

const switchesOf = ({ steps }: Trace): number =>
  steps.filter(({ actor }, i) => i > 0 && actor !== steps[i - 1]?.actor).length;

test('a failing combination shrinks to two operations and two switches', () => {
  const customers = { ann: 1, bob: 2, cid: 3, dan: 4 };
  const make = (some: object) => sale(Object.keys(some));
  const { operations, run } = shrunk(combinations(customers, make), (one) =>
    isOversold(one.scenario, one.run),
  );
  expect(Object.keys(operations)).toHaveLength(2);
  expect(run.steps).toHaveLength(4);
  expect(switchesOf(run)).toBe(2);
});

test('a failing situation shrinks to few processes and no faults', () => {
  const leak = 'no connection is left without an attachment';
  const { parameters, faults, run } = shrunk(situations(seedRace), (one) =>
    failuresOf(seedRace, one.run, one).some(({ name }) => name === leak),
  );
  expect(parameters).toMatchObject({ attaches: 0, lock: 'none' });
  expect(faults).toEqual({});
  expect(run.steps.length).toBeLessThanOrEqual(12);
  expect(replay(seedRace, run.schedule, { parameters }).schedule).toEqual(run.schedule);
});

test('from any seed a failing situation shrinks to one that has nothing left to leave out', () => {
  const fails = ({ parameters, run }: Situation) =>
    failuresOf(seedRace, run, { parameters }).length > 0;
  let smallest = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const property = fc.property(situations(seedRace), (one) => !fails(one));
    const [found] = fc.check(property, { seed, numRuns: 500 }).counterexample ?? [];
    if (found === undefined) throw new Error(`nothing fails from seed ${seed}`);
    const { parameters, run } = found;
    const count = (name: string) => Number(parameters[name]);
    if (count('attaches') + count('detaches') === 2) smallest += 1;
    for (const [i] of run.schedule.entries()) {
      const rest = run.schedule.filter((_, at) => at !== i);
      expect([seed, isReplayed(rest, parameters)]).toEqual([seed, false]);
    }
  }
  // Other failures need three processes.
  expect(smallest).toBeGreaterThanOrEqual(6);
});

/** Whether a schedule can be followed to a failure. */
function isReplayed(schedule: readonly string[], parameters: Situation['parameters']): boolean {
  try {
    const run = replay(seedRace, schedule, { parameters });
    return failuresOf(seedRace, run, { parameters }).length > 0;
  } catch (error) {
    if (error instanceof ReplayError) return false;
    throw error;
  }
}

test('budgets of faults are at most those of the scenario, and shrink to none', () => {
  fc.assert(fc.property(faultBudgets(sale(['ann'])), ({ noise = 9 }) => noise <= 2));
  expect(shrunk(faultBudgets(sale(['ann'])), () => true)).toEqual({ noise: 0 });
});

test('no point is one that the scenario refuses', () => {
  fc.assert(fc.property(points(seedRace), (point) => seedRace.refuses(point) === undefined));
});

test('a run shrinks to one without faults', () => {
  const run = shrunk(runs(sale(['ann', 'bob'])), (one) => one.steps.length >= 4);
  expect(run.steps.filter(({ actor }) => actor === 'fault')).toEqual([]);
  expect([run.steps.length, switchesOf(run)]).toEqual([4, 1]);
});

test('every run of the race is one of those of two lists of steps', () => {
  // Four steps of one process and four of the other: 8! / (4! 4!) orders.
  const all = [...everyRun(seedRace)];
  expect(all).toHaveLength(70);
  expect(new Set(all.map(({ schedule }) => schedule.join())).size).toBe(70);
});

test('an endless iteration can be stopped, and a cut run ends at the bound', () => {
  const first = everyRun(seedRace, { stepsMax: 3 }).next();
  expect(first.value?.steps).toHaveLength(3);
  expect([...everyRun(seedRace, { stepsMax: 0 })]).toHaveLength(1);
  expect(() => everyRun(seedRace, { stepsMax: -1 }).next()).toThrow(/stepsMax is -1/);
});

test.each([{}, { lock: 'both' }, { attaches: 2 }] as const)(
  'the covering runs at %j take every step of every state',
  (parameters) => {
    const { generated } = check(seedRace, { parameters });
    const taken = new Set<string>();
    for (const run of coveringRuns(seedRace, { parameters })) {
      const again = replay(seedRace, run.schedule, { parameters });
      for (const [i, { state }] of again.steps.entries()) {
        const before = again.steps[i - 1]?.state ?? again.init;
        taken.add(`${canonical(before)} ${again.schedule[i]} ${canonical(state)}`);
      }
    }
    expect(taken.size).toBe(generated - 1);
  },
);

test('a cover of more states than allowed is refused', () => {
  expect(() => coveringRuns(seedRace, { statesMax: 5 }).next()).toThrow(/more than 5 states/);
});

test('nothing to combine is refused', () => {
  expect(() => combinations({}, () => seedRace)).toThrow(/no operations/);
});
