import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  check,
  type Result,
  replay,
  type Scenario,
  Search,
  SpecError,
  type WorldState,
} from '../../src/index.ts';
import {
  type AlikeModel,
  conditions,
  namesOf,
  onesOf,
  operations,
  othersOf,
  plants,
} from './alike-model.ts';
import { alikeScenario } from './alike-scenario.ts';
import { canonical } from './reference.ts';

/** Larger models take long to compare. */
const STATES_MAX = 600;

const rule = fc.record({
  when: fc.constantFrom(...conditions),
  does: fc.array(fc.constantFrom(...operations), { minLength: 1, maxLength: 2 }),
});

const models: fc.Arbitrary<AlikeModel> = fc.record({
  ones: fc.integer({ min: 2, max: 3 }),
  others: fc.constant(2),
  rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
  flow: fc.array(rule, { maxLength: 2 }),
  never: fc.constantFrom(...conditions),
  reachable: fc.constantFrom(...conditions),
  ends: fc.constantFrom('anywhere' as const, 'all done' as const, ...conditions),
  within: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined, freq: 4 }),
  plant: fc.constantFrom(...plants),
  who: fc.nat({ max: 2 }),
  special: rule,
});

function permutations<T>(items: readonly T[]): T[][] {
  return items.flatMap((first, i) => {
    const rest = [...items.slice(0, i), ...items.slice(i + 1)];
    return rest.length === 0 ? [[first]] : permutations(rest).map((others) => [first, ...others]);
  });
}

/** Each way to exchange the names of a model, as a map. */
function renamings(model: AlikeModel): readonly ReadonlyMap<string, string>[] {
  const [ones, others] = [onesOf(model), othersOf(model)];
  return permutations(ones).flatMap((order) =>
    permutations(others).map(
      (otherOrder) =>
        new Map([
          ...ones.flatMap((one, i) =>
            namesOf(one).map((name, part) => [name, namesOf(order[i] as string)[part]] as const),
          ),
          ...others.map((other, i) => [other, otherOrder[i]] as const),
        ] as [string, string][]),
    ),
  );
}

function renamed(value: unknown, to: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return to.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [to.get(key) ?? key, renamed(item, to)]),
  );
}

/** The number of states that no renaming makes equal, counted by trying all renamings. */
function orbitsOf(states: Iterable<WorldState>, model: AlikeModel): number {
  const all = renamings(model);
  const counted = new Set<string>();
  let orbits = 0;
  for (const state of states) {
    if (counted.has(canonical(state))) continue;
    orbits += 1;
    for (const to of all) counted.add(canonical(renamed(state, to) as WorldState));
  }
  return orbits;
}

/** Each property with its verdict, why it is open, and the length of its run. */
const answers = ({ properties }: Result) =>
  properties.map(({ name, verdict, stopReason, trace }) => [
    name,
    verdict,
    stopReason ?? '',
    trace?.steps.length ?? -1,
  ]);

const isRefusal = (error: unknown): boolean =>
  error instanceof SpecError && /not symmetric|are unlike/.test(error.message);

function mustReplay(scenario: Scenario, { properties }: Result): void {
  for (const { trace } of properties) {
    if (trace === undefined) continue;
    expect(replay(scenario, trace.schedule, { init: trace.initIndex })).toEqual(trace);
  }
}

test('a search of orbits visits one state of each, and answers as a search of all states does', () => {
  let compared = 0;
  let refused = 0;
  fc.assert(
    fc.property(models, fc.constantFrom('adaptive' as const, 'off' as const), (model, memo) => {
      const scenario = alikeScenario(model);
      const search = new Search(scenario, { statesMax: STATES_MAX });
      const all = search.run().result();
      fc.pre(all.complete);
      let found: Result;
      try {
        found = check(scenario, { symmetry: true, memo });
      } catch (error) {
        expect(isRefusal(error), String(error)).toBe(true);
        expect(model.plant).not.toBe('none');
        refused += 1;
        return;
      }
      compared += 1;
      expect(answers(found)).toEqual(answers(all));
      expect(found.states).toBe(orbitsOf(search.states(), model));
      expect(found.levels).toBe(all.levels);
      expect(found.ledger.symmetry).toMatchObject({ sampled: [] });
      mustReplay(scenario, found);
      const deep = check(scenario, { symmetry: true, order: 'depth_first' });
      expect([deep.states, deep.levels, deep.generated]).toEqual([
        found.states,
        found.levels,
        found.generated,
      ]);
      expect(deep.properties.map(({ verdict }) => verdict)).toEqual(
        found.properties.map(({ verdict }) => verdict),
      );
      mustReplay(scenario, deep);
    }),
    { numRuns: 45 },
  );
  expect(compared).toBeGreaterThan(8);
  expect(refused).toBeGreaterThan(1);
});
