import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { truthsAt } from '../../src/checker/properties/truths-at.ts';
import { allDone, check, type Property, type Scenario, Search, spec } from '../../src/index.ts';
import { checkSystem } from '../../src/spec/check-system.ts';
import type { AnySystem } from '../../src/spec/system.ts';
import { propertyOf, questions, stepForms, stepPropertyOf } from './algebra-forms.ts';
import { evaluateBody, evaluateStep, stateProperty } from './evaluate-body.ts';
import { Interpreter, type World } from './interpreter.ts';
import { canonical, type Reference, referenceWithin } from './reference.ts';
import { smallModel } from './small-arbitrary.ts';
import type { SmallModel } from './small-form.ts';
import type { Op, Small } from './small-model.ts';
import { scenarioOf } from './small-scenario.ts';

/** Models a run of the suite; RACEWRIGHT_RUNS asks for more. */
const numRuns = Number(process.env['RACEWRIGHT_RUNS'] ?? '80');

/** Models with more states than this say no more than smaller ones, and take longer. */
const statesMax = 300;

function asking(scenario: Scenario, properties: readonly Property<Small>[]): Scenario {
  const system = (): AnySystem => {
    const asked = { ...scenario.system({}), properties: properties as AnySystem['properties'] };
    return checkSystem(asked as AnySystem, 'the test');
  };
  return { ...scenario, system };
}

const settings = [
  ...(['breadth_first', 'depth_first'] as const).flatMap((order) =>
    (['adaptive', 'off'] as const).map((memo) => ({ order, memo, kernel: {} })),
  ),
  // The kernel judges as soon as it can.
  {
    order: 'breadth_first' as const,
    memo: 'adaptive' as const,
    kernel: { from: 0, runMin: 1, judgesAfter: 1 },
  },
];

const constant = (value: number) => ({ is: 'const' as const, value });
const table = fc.constantFrom('flat' as const, 'deep' as const, 'late' as const);
const write: fc.Arbitrary<Op> = fc.record({
  do: fc.constant('set' as const),
  table,
  id: fc.constantFrom('a', 'b'),
  to: fc.nat({ max: 1 }).map(constant),
});
const erase: fc.Arbitrary<Op> = fc.record({
  do: fc.constant('delete' as const),
  table,
  id: fc.constantFrom('a', 'b'),
});

/** Nothing but actions that make entries, so that a step writes nothing else than these. */
const growing: fc.Arbitrary<SmallModel> = fc
  .array(fc.oneof({ weight: 3, arbitrary: write }, erase), { minLength: 2, maxLength: 4 })
  .map((ops) => ({
    inits: [{ x: 0, log: [], flat: {}, deep: {}, late: {} }],
    flows: [],
    processes: [],
    actions: ops.map((op) => ({ ops: [op], times: 1 })),
    faults: [],
    properties: [],
    final: 'anywhere',
  }));

describe('every word of the algebra, one inside the other,', () => {
  test('nested words of the algebra mean in a search and in a single state what they mean on plain data', () => {
    const meaning = fc.property(fc.oneof(smallModel, growing), questions, (small, forms) => {
      const properties = forms.map((form, i) => propertyOf(form, `${i}`));
      const scenario = asking(scenarioOf(small), properties);
      const known = referenceWithin(scenario, statesMax);
      fc.pre(known !== undefined);
      if (known === undefined) return;
      for (const options of settings) expectVerdicts(scenario, options, known);
      for (const key of known.states.keys()) expectTruths(scenario.system({}), JSON.parse(key));
    });
    fc.assert(meaning, { numRuns });
  });

  test('nested words of the algebra mean in a step what they mean on plain data', () => {
    const meaning = fc.property(fc.oneof(smallModel, growing), stepForms, (small, forms) => {
      const plain = scenarioOf({ ...small, properties: [] });
      const known = referenceWithin(plain, statesMax);
      fc.pre(known !== undefined);
      if (known === undefined) return;
      const properties = forms.map((form, i) => stepPropertyOf(form, `${i}`));
      const scenario = asking(plain, properties);
      const failing = failingSteps(scenario.system({}), known);
      for (const options of settings) expectSteps(scenario, options, failing);
    });
    fc.assert(meaning, { numRuns });
  });
});

type Setting = (typeof settings)[number];

/** The answers of a search, without the question about the end. */
const answersTo = (scenario: Scenario, options: Setting) =>
  new Search(scenario, { ...options, selfCheck: 0.2 })
    .run()
    .result()
    .properties.filter(({ kind }) => kind !== 'deadlock');

function expectVerdicts(scenario: Scenario, options: Setting, known: Reference): void {
  for (const { name, kind, verdict, trace } of answersTo(scenario, options)) {
    const shortest = known.decided.get(name);
    const isGood = (kind === 'reachable') === (shortest !== undefined);
    expect([name, verdict]).toEqual([name, isGood ? 'holds' : 'violated']);
    if (shortest === undefined || trace === undefined) continue;
    const end = canonical(trace.steps.at(-1)?.state ?? trace.init);
    expect(known.states.get(end)?.decides).toContain(name);
    if (options.order === 'breadth_first') expect(trace.steps.length).toBe(shortest);
  }
}

function expectSteps(
  scenario: Scenario,
  options: Setting,
  failing: ReadonlyMap<string, number>,
): void {
  for (const { name, verdict, trace } of answersTo(scenario, options)) {
    const least = failing.get(name);
    expect([name, verdict]).toEqual([name, least === undefined ? 'holds' : 'violated']);
    if (options.order === 'breadth_first') expect(trace?.steps.length).toBe(least);
  }
}

function expectTruths(system: AnySystem, world: World): void {
  const said = truthsAt(system, world as never);
  for (const [i, property] of (system.properties ?? []).entries()) {
    const { kind, body } = stateProperty(property);
    const is = evaluateBody(body, world.state, world.processes);
    const wanted = { always: is ? 'holds' : 'fails', never: is ? 'fails' : 'holds' };
    expect(said[i]?.truth).toBe(kind === 'reachable' ? String(is) : wanted[kind]);
  }
}

/** From the name of a property to the steps of the shortest run whose last one violates it. */
function failingSteps(system: AnySystem, known: Reference): ReadonlyMap<string, number> {
  const model = new Interpreter(system);
  model.init();
  const least = new Map<string, number>();
  for (const [key, { depth }] of known.states) {
    const before = JSON.parse(key) as World;
    for (const { action, picks, after } of model.actions(before)) {
      const taken = { ...action, picks: Object.fromEntries(picks) as never };
      for (const name of failingIn(system, { before, action: taken, after })) {
        least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, depth + 1));
      }
    }
  }
  return least;
}

const failingIn = (system: AnySystem, step: Parameters<typeof evaluateStep>[1]): string[] =>
  (system.properties ?? []).flatMap((property) =>
    property.kind === 'step' && !evaluateStep(property.holds, step) ? [property.name] : [],
  );

describe('the part of a property that fails', () => {
  interface Shop {
    jobs: { [id: string]: { owner: string } };
    people: { [id: string]: { name: string } };
  }
  const shop = spec<Shop>();
  const partOf = (property: Property<Shop>) =>
    check(
      shop.scenario({
        name: 'shop',
        about: 'Three entries that stay as they are.',
        system: () => ({
          init: () => ({
            jobs: { j1: { owner: 'p1' }, j2: { owner: 'p2' } },
            people: { p1: { name: 'Ann' }, p2: { name: 'Bob' } },
          }),
          properties: [property],
          final: 'anywhere',
        }),
      }),
    ).properties[0]?.failingPart;

  test('the failing part of a property names the nested entries', () => {
    const property = shop.always(
      'one',
      shop.implies(
        allDone,
        shop.every(
          'jobs',
          'no one works for Bob',
          shop.every(
            'people',
            (person, id, _state, _processes, job) =>
              job.entry.owner !== id || person.name !== 'Bob',
          ),
        ),
      ),
    );
    expect(partOf(property)).toBe('no one works for Bob (jobs.j2, people.p2)');
  });

  test('the failing part of a property is the whole where several entries fail only together', () => {
    const isAlone = shop.count('people', { atMost: 1 }, () => true);
    expect(partOf(shop.always('one', shop.all({ 'one person at most': isAlone })))).toBe(
      'one person at most',
    );
  });
});
