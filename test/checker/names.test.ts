import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allBut, check, type Property, shortfalls, spec, weaklyFair } from '../../src/index.ts';
import type { AnyFlow } from '../../src/spec/process.ts';

interface World {
  n: number;
  readonly jobs: { [id: string]: { owner: string } };
  readonly locks: { [id: string]: string };
}
const world = spec<World>();
const child = world.flow({ name: 'child', steps: { rest() {} } });
const idle = world.flow({ name: 'idle', steps: { rest() {} } });

/** The kind of a name that the model asks for: an entry of a table, or a process. */
interface Ask {
  readonly table: 'jobs' | 'processes';
  readonly id: string;
  readonly way: 'get' | 'in' | 'own';
}
type Asked = Readonly<Record<string, object | undefined>>;

function isThere({ table, id, way }: Ask, state: object, processes: object): boolean {
  const all = table === 'jobs' ? (state as { jobs: Asked }).jobs : (processes as Asked);
  if (way === 'in') return id in all;
  return way === 'own' ? Object.hasOwn(all, id) : all[id] !== undefined;
}

/** The functions that can ask, each for a list of names. */
const askers = ['guard', 'step', 'final', 'always', 'every', 'steps', 'leads'] as const;
type Plan = { readonly [asker in (typeof askers)[number]]: readonly Ask[] };

/**
 * A process that makes job `late` and starts `kid`; every function asks for its names and ignores
 * the answers.
 */
function scenarioOf(plan: Plan) {
  const all = (asks: readonly Ask[], state: object, processes: object): boolean =>
    asks.filter((ask) => isThere(ask, state, processes)).length >= 0;
  const work = world.flow({
    name: 'work',
    steps: {
      begin: {
        when: (state, _self, processes) => all(plan.guard, state, processes),
        do(state, _self, _pick, processes) {
          for (const { table, id } of plan.step) {
            if (table === 'jobs') state.n += state.jobs[id] === undefined ? 0 : 1;
            else state.n += processes.get(id) === undefined ? 0 : 1;
          }
          state.jobs['late'] = { owner: 'ann' };
          processes.start('kid', child.start());
        },
      },
      end() {},
    },
  });
  const properties: readonly Property<World>[] = [
    world.always('always', (state, processes) => all(plan.always, state, processes)),
    world.always(
      'every',
      world.every('jobs', (_job, _id, state, processes) => all(plan.every, state, processes)),
    ),
    world.step('steps', (before, _action, after, processes) =>
      [all(plan.steps, before, processes.before), all(plan.steps, after, processes.after)].every(
        Boolean,
      ),
    ),
    world.leadsTo(
      'leads',
      (state, processes) => all(plan.leads, state, processes),
      () => true,
    ),
  ];
  return world.scenario({
    name: 'asks',
    about: 'Names are asked for.',
    system: () => ({
      init: () => ({ n: 0, jobs: { early: { owner: 'bob' } }, locks: {} }),
      processes: { ann: work.start() },
      properties,
      final: (state, processes) => all(plan.final, state, processes),
    }),
  });
}

const nothing: Plan = {
  guard: [],
  step: [],
  final: [],
  always: [],
  every: [],
  steps: [],
  leads: [],
};
const ask: fc.Arbitrary<Ask> = fc.record({
  table: fc.constantFrom('jobs' as const, 'processes' as const),
  // Some of both tables, some that come late, some that nothing has.
  id: fc.constantFrom('early', 'late', 'ann', 'kid', 'annn', 'erly', 'zed', 'ann-zed'),
  way: fc.constantFrom('get' as const, 'in' as const, 'own' as const),
});
const asks = fc.array(ask, { maxLength: 3 });
const plan: fc.Arbitrary<Plan> = fc.record({
  guard: asks,
  step: asks,
  final: asks,
  always: asks,
  every: asks,
  steps: asks,
  leads: asks,
});
const never = ['annn', 'erly', 'zed', 'ann-zed'];

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

test('S47: the ledger lists a name that never existed, and no other', () => {
  const found = fc.property(plan, (drawn) => {
    const asked = askers.flatMap((asker) => drawn[asker]).filter(({ id }) => never.includes(id));
    const names = new Set(asked.map(({ table, id }) => `${table}.${id}`));
    for (const options of settings) {
      const { ledger } = check(scenarioOf(drawn), options);
      expect(new Set(ledger.neverFound.map(({ name }) => name))).toEqual(names);
      expect(ledger.neverFound).toHaveLength(names.size);
      expect(shortfalls(ledger, 'no-vacuity')).toHaveLength(names.size);
    }
  });
  fc.assert(found, { numRuns: 150 });
});

describe('who asked for a name that never existed', () => {
  const annn: Ask = { table: 'processes', id: 'annn', way: 'get' };
  const told = (drawn: Partial<Plan>) =>
    check(scenarioOf({ ...nothing, ...drawn })).ledger.neverFound;

  test.each<[(typeof askers)[number], string]>([
    ['guard', "flow 'work', step 'begin'"],
    ['step', "flow 'work', step 'begin'"],
    ['final', "'final', which says where a run may end"],
    ['always', "property 'always'"],
    ['every', "property 'every'"],
    ['steps', "property 'steps'"],
    ['leads', "property 'leads'"],
  ])('the ledger says who asked for a name that never existed: %s', (asker, by) => {
    expect(told({ [asker]: [annn] })).toEqual([{ name: 'processes.annn', by }]);
  });

  test('the property counts as the one that asked, where a step asked as well', () => {
    expect(told({ guard: [annn], always: [annn] })).toEqual([
      { name: 'processes.annn', by: "property 'always'" },
    ]);
  });

  test('the ledger lists no name before every state was seen', () => {
    const { ledger } = check(scenarioOf({ ...nothing, always: [annn] }), { statesMax: 1 });
    expect(ledger.neverFound).toEqual([]);
    expect(shortfalls(ledger, 'no-vacuity')).toEqual([]);
  });
});

describe('a name that is put together from what the states hold', () => {
  const asking = (...properties: readonly Property<World>[]) =>
    check(
      world.scenario({
        name: 'locked',
        about: 'A job whose owner never takes its lock.',
        system: () => ({
          init: () => ({ n: 0, jobs: { build: { owner: 'ann' } }, locks: {} }),
          properties,
          final: 'anywhere',
        }),
      }),
    ).ledger.neverFound.map(({ name }) => name);

  test('the ledger does not list a name that is put together from words which the states hold', () => {
    expect(
      asking(
        world.always(
          'its owner has no lock',
          world.every(
            'jobs',
            ({ owner }, id, { locks }) => locks[`${owner}/${id}@1`] === undefined,
          ),
        ),
      ),
    ).toEqual([]);
  });

  test('the ledger lists a name that is put together from a word which no state holds', () => {
    expect(
      asking(
        world.always(
          'its owner has no lock',
          world.every('jobs', ({ owner }, _, { locks }) => locks[`${owner}/biuld`] === undefined),
        ),
      ),
    ).toEqual(['locks.ann/biuld']);
  });
});

test('the ledger lists a flow that fairness leaves out and that no process runs', () => {
  const scenario = (...left: readonly AnyFlow[]) =>
    check(
      world.scenario({
        name: 'left-out',
        about: 'A process of one flow.',
        system: () => ({
          init: () => ({ n: 0, jobs: {}, locks: {} }),
          processes: { kid: child.start() },
          properties: [world.eventually('it is 0', ({ n }) => n === 0)],
          fairness: weaklyFair(allBut(...left)),
        }),
      }),
    ).ledger.neverFound;
  expect(scenario(child)).toEqual([]);
  expect(scenario(child, idle)).toEqual([{ name: "the flow 'idle'", by: 'fairness' }]);
  expect(() => scenario('child' as never)).toThrow("it leaves out 'child', which is no flow");
});
