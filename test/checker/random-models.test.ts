import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckOptions } from '../../src/checker/result/options.ts';
import type { PropertyResult, Trace } from '../../src/checker/result/result.ts';
import { OUT_OF_REACH, replay, type Scenario, Search } from '../../src/index.ts';
import { canonical, endsWithin, type Reference, referenceWithin } from './reference.ts';
import { smallModel } from './small-arbitrary.ts';
import { scenarioOf } from './small-scenario.ts';

/** Models with more states than this say no more than smaller ones, and take longer. */
const statesMax = 1_000;

/** The answers of the engine, in the words of the reference, after a search to the end. */
function answered(scenario: Scenario, options: CheckOptions) {
  const running = new Search(scenario, options);
  while (!running.advance(7)); // an odd number, so that pauses fall everywhere
  const states = [...running.states()].map(canonical);
  return { result: running.result(), states };
}

/**
 * The facts of the reference about one property, in the words of the engine, when it looks
 * `depthMax` steps far.
 */
function expected(
  { name, kind }: { readonly name: string; readonly kind: string },
  known: Reference,
  depthMax: number,
) {
  const least =
    kind === 'deadlock' ? endsWithin(known, depthMax).shortest : known.decided.get(name);
  const shortest = least !== undefined && least <= depthMax ? least : undefined;
  const isGood = (kind === 'reachable') === (shortest !== undefined);
  const isKnown = shortest !== undefined || known.levels <= depthMax + 1;
  return { verdict: isKnown ? (isGood ? 'holds' : 'violated') : 'undecided', shortest };
}

/**
 * A trace visits reachable states only, each from the one before, and can be had again from its
 * words.
 */
function expectSound(trace: Trace, scenario: Scenario, known: Reference): void {
  const visited = [trace.init, ...trace.steps.map(({ state }) => state)].map(canonical);
  for (const [i, key] of visited.entries()) {
    expect(known.states.get(key)?.depth).toBeLessThanOrEqual(i);
    const before = visited[i - 1];
    if (before !== undefined) expect(known.states.get(before)?.successors.has(key)).toBe(true);
  }
  const again = replay(scenario, trace.schedule, { init: trace.initIndex });
  expect(withoutReads(again)).toEqual(withoutReads(trace));
}

/**
 * An enumerated table counts as read in full, with the absent entries that were met so far: replay
 * has met fewer.
 */
function withoutReads({ steps, ...rest }: Trace) {
  return { ...rest, steps: steps.map(({ reads: _, ...step }) => step) };
}

function expectAgreement(scenario: Scenario, known: Reference, options: CheckOptions): void {
  const { depthMax = Number.POSITIVE_INFINITY } = options;
  const { result, states } = answered(scenario, options);
  const near = [...known.states.values()].filter(({ depth }) => depth <= depthMax);
  for (const key of states) expect(known.states.get(key)?.depth).toBeLessThanOrEqual(depthMax); // nothing made up
  expect(new Set(states).size).toBe(near.length); // nothing missed
  expect(states.length).toBe(near.length); // nothing twice
  const { generated, levels, complete } = result;
  expect({ generated, levels, complete }).toEqual({
    generated: known.initial + near.reduce((sum, state) => sum + state.generated, 0),
    levels: Math.min(known.levels, depthMax + 1),
    complete: known.levels <= depthMax + 1,
  });
  for (const property of result.properties) expectProperty(property, scenario, known, options);
}

function expectProperty(
  property: PropertyResult,
  scenario: Scenario,
  known: Reference,
  { order, depthMax = Number.POSITIVE_INFINITY }: CheckOptions,
): void {
  const { name, verdict, trace } = property;
  const { shortest, ...wanted } = expected(property, known, depthMax);
  expect({ name, verdict }).toEqual({ name, ...wanted });
  const isWhole = known.levels <= depthMax + 1;
  if (property.kind === 'deadlock' && isWhole) expect(name).toBe(endsWithin(known).question);
  if (shortest === undefined) return;
  if (trace === undefined) throw new Error(`no trace for '${name}'`);
  if (order === 'breadth_first') expect(trace.steps.length).toBe(shortest);
  else expect(trace.steps.length).toBeGreaterThanOrEqual(shortest);
  expectSound(trace, scenario, known);
  const last = canonical(trace.steps.at(-1)?.state ?? trace.init);
  if (property.kind !== 'deadlock') {
    expect(known.states.get(last)?.decides).toContain(name);
    return;
  }
  const ends = endsWithin(known, depthMax);
  expect(name).toBe(ends.question);
  expect(ends.dead).toContain(last);
  const isStuck = known.states.get(last)?.terminal;
  expect(property.failingPart).toBe(isStuck ? undefined : OUT_OF_REACH);
}

/**
 * Every claim before the bound is true, and there is no claim about states that the search did not
 * see.
 */
function expectHonesty(scenario: Scenario, known: Reference, options: CheckOptions): void {
  const { result, states } = answered(scenario, options);
  const initial = [...known.states.values()].filter(({ depth }) => depth === 0).length;
  const bound = Math.max(options.statesMax ?? 0, initial); // initial states are always stored
  expect(states.length).toBe(Math.min(bound, known.states.size));
  expect(states.filter((key) => !known.states.has(key))).toEqual([]);
  expect(result.complete).toBe(known.states.size <= bound);
  expect(result.stopReason).toBe(result.complete ? undefined : 'states_max');
  for (const property of result.properties) {
    const { verdict } = expected(property, known, Number.POSITIVE_INFINITY);
    if (result.complete) expect(property.verdict).toBe(verdict);
    else if (property.trace === undefined) expect(property.verdict).toBe('undecided');
    else {
      expect(property.verdict).toBe(verdict);
      expectSound(property.trace, scenario, known);
    }
  }
}

const settings = [
  { order: 'breadth_first', memo: 'adaptive' },
  { order: 'breadth_first', memo: 'sometimes' },
  { order: 'depth_first', memo: 'sometimes' },
  { order: 'depth_first', memo: 'off' },
] as const;

describe('the engine', () => {
  test('the engine agrees with the reference on every small model, in either order, whatever it remembers', () => {
    const agreement = fc.property(smallModel, (small) => {
      const scenario = scenarioOf(small);
      const known = referenceWithin(scenario, statesMax);
      fc.pre(known !== undefined);
      if (known === undefined) return;
      for (const options of settings) expectAgreement(scenario, known, options);
    });
    fc.assert(agreement, { numRuns: 300 });
  });

  test('the engine knows exactly the states within a bound on the depth, in either order', () => {
    const agreement = fc.property(smallModel, fc.nat({ max: 8 }), (small, depthMax) => {
      const scenario = scenarioOf(small);
      const known = referenceWithin(scenario, statesMax);
      fc.pre(known !== undefined);
      if (known === undefined) return;
      for (const options of settings) expectAgreement(scenario, known, { ...options, depthMax });
    });
    fc.assert(agreement);
  });

  test('the engine never claims more than it knows when a bound on the states stops it', () => {
    const honesty = fc.property(smallModel, fc.integer({ min: 1, max: 50 }), (small, statesMax) => {
      const scenario = scenarioOf(small);
      const known = referenceWithin(scenario, statesMax);
      fc.pre(known !== undefined);
      if (known === undefined) return;
      for (const options of settings) expectHonesty(scenario, known, { ...options, statesMax });
    });
    fc.assert(honesty);
  });

  test('the engine asks whether every run can go on, unless runs may end anywhere', () => {
    fc.assert(
      fc.property(smallModel, (small) => {
        const running = new Search(scenarioOf(small));
        const asks = running.result().properties.some(({ kind }) => kind === 'deadlock');
        expect(asks).toBe(small.final !== 'anywhere');
      }),
    );
  });
});
