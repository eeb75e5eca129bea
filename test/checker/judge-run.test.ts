import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  check,
  failuresOf,
  replay,
  type Scenario,
  type Trace,
  unfairnessOf,
  walk,
} from '../../src/index.ts';
import { vitest as vitestFile } from '../../src/report/formats/vitest.ts';
import { reportDocument } from '../../src/report/report-json.ts';
import { type Claim, objection, type Run } from './brute-force.ts';
import { drawing } from './drawing-arbitrary.ts';
import { testsIn } from './exported-tests.ts';
import { conditionsOf, type Drawing, runOf, scenarioOf, stateOf } from './graph-scenario.ts';

/** The number of graphs: any number with RACEWRIGHT_RUNS. */
const most = Number(process.env['RACEWRIGHT_RUNS'] ?? '400');

/** The claims by the names of their properties: the last is about each entry of a table. */
const claimsOf = ({ claims, each }: Drawing): readonly (readonly Claim[])[] => [
  ...claims.map((claim) => [claim]),
  each,
];

/** The same run without the steps that change nothing; a loop of nothing else stands still. */
function changing({ start, steps, loopsTo }: Run): Run {
  const moves = (some: Run['steps']) => some.filter(({ from, to }) => from !== to);
  const before = moves(steps.slice(0, loopsTo)).length;
  const all = moves(steps);
  return {
    start,
    steps: all,
    loopsTo: before < all.length && loopsTo !== undefined ? before : undefined,
  };
}

/** The argument against each claim that the run violates; undefined where there is none. */
function objections(drawn: Drawing, run: Run): readonly (readonly (string | undefined)[])[] {
  const conditions = conditionsOf(drawn);
  return claimsOf(drawn).map((claims) =>
    claims.map((claim) => objection(drawn.graph, conditions, claim, run)),
  );
}

/**
 * A run that goes on for ever, made of a random walk: it stops, or returns to where it was before,
 * if it ever does.
 */
function endless(scenario: Scenario, choices: readonly number[], way: number): Trace {
  const { init, initIndex, steps, schedule: words } = walk(scenario, choices);
  const places = [init, ...steps.map(({ state }) => state)].map(stateOf);
  const loops = places.flatMap((place, end) =>
    places.slice(0, end).flatMap((other, begin) => (other === place ? [{ begin, end }] : [])),
  );
  const loop = loops[way % (loops.length + 1)];
  return loop === undefined
    ? replay(scenario, words, { init: initIndex, stops: true })
    : replay(scenario, words.slice(0, loop.end), { init: initIndex, loopsTo: loop.begin });
}

describe('a run that goes on for ever', () => {
  test('a run that goes on for ever violates properties by their definitions, if it is fair by that of fairness', () => {
    const seen = { violated: 0, satisfied: 0, unfair: 0 };
    const choices = fc.array(fc.nat({ max: 99 }), { maxLength: 9, size: 'max' });
    const agreement = fc.property(drawing, choices, fc.nat({ max: 99 }), (drawn, taken, way) => {
      const scenario = scenarioOf(drawn, 'number');
      const trace = endless(scenario, taken, way);
      const against = objections(drawn, changing(runOf(drawn, trace)));
      const isUnfair = against[0]?.[0] === 'it is not fair';
      const failing = failuresOf(scenario, trace).map(({ name }) => name);
      const expected = against.flatMap((each, i) => (each.includes(undefined) ? [String(i)] : []));
      expect(failing).toEqual(expected);
      expect(unfairnessOf(scenario, trace) !== undefined).toBe(isUnfair);
      if (isUnfair) seen.unfair += 1;
      else {
        seen.violated += failing.length;
        seen.satisfied += against.length - failing.length;
      }
    });
    fc.assert(agreement, { numRuns: most });
    expect(Math.min(seen.violated, seen.satisfied, seen.unfair)).toBeGreaterThan(most / 20);
  });
});

/** The graph with some edges fewer, some more, and perhaps other assumptions and claims. */
const changes = fc.record({
  dropped: fc.array(fc.nat({ max: 99 }), { maxLength: 3 }),
  added: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 3 }), fc.nat({ max: 7 })), {
    maxLength: 3,
  }),
  other: drawing,
  parts: fc.subarray(['fairness', 'claims', 'each'] as const),
});

type Changes = typeof changes extends fc.Arbitrary<infer T> ? T : never;

function changed(drawn: Drawing, { dropped, added, other, parts }: Changes): Drawing {
  const { states, initial, edges } = drawn.graph;
  const gone = new Set(dropped.map((number) => number % Math.max(1, edges.length)));
  const more = added.map(([from, agent, to]) => ({ from: from % states, agent, to: to % states }));
  const graph = { states, initial, edges: [...edges.filter((_, i) => !gone.has(i)), ...more] };
  // A unit of fairness is an agent by its number, of any kind.
  const taken = Object.fromEntries(parts.map((part) => [part, other[part]]));
  return { ...drawn, ...taken, graph };
}

describe('an exported test', () => {
  test('an exported test fails on the model, and on a changed model if and only if that has the run, fair and violating', () => {
    const seen = { failed: 0, passed: 0 };
    const agreement = fc.property(drawing, changes, (drawn, change) => {
      const result = check(scenarioOf(drawn, 'number'));
      const violated = result.properties.filter(({ trace }) => trace !== undefined);
      fc.pre(violated.length > 0);
      const document = reportDocument([{ result, seconds: 0, extras: { file: './drawing.ts' } }]);
      const text = vitestFile(document);
      for (const run of testsIn(text, scenarioOf(drawn, 'number'))) expect(run()).toBe('failed');
      const other = changed(drawn, change);
      const outcomes = testsIn(text, scenarioOf(other, 'number')).map((run) => run());
      const expected = violated.map(({ name, trace }) => {
        if (trace === undefined) throw new Error('a violation without a trace');
        const against = objections(other, runOf(drawn, trace))[Number(name)] ?? [];
        return against.includes(undefined) ? 'failed' : 'passed';
      });
      expect(outcomes).toEqual(expected);
      for (const outcome of outcomes) seen[outcome] += 1;
    });
    fc.assert(agreement, { numRuns: most });
    expect(Math.min(seen.failed, seen.passed)).toBeGreaterThan(most / 20);
  });
});
