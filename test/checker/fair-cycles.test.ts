import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PropertyResult } from '../../src/checker/result.ts';
import { check, type Result } from '../../src/index.ts';
import { type Claim, objection, refutations } from './brute-force.ts';
import {
  type Assumption,
  conditionsOf,
  type Drawing,
  runOf,
  scenarioOf,
} from './graph-scenario.ts';

const AGENTS = 4;
const agent = fc.nat({ max: AGENTS - 1 });
const someAgents = fc.integer({ min: 1, max: 2 ** AGENTS - 1 });
const someStates = fc.nat({ max: 255 });
const fewStates = fc.constantFrom(...Array(8).keys()).map((state) => 1 << state);
const mostStates = fewStates.map((few) => 255 & ~few);
const states = fc.oneof(someStates, fewStates, mostStates);

const claims: fc.Arbitrary<readonly Claim[]> = fc.tuple(
  states.map((holds) => ({ kind: 'eventually' as const, holds })),
  states.map((holds) => ({ kind: 'infinitelyOften' as const, holds })),
  states.map((holds) => ({ kind: 'eventuallyAlways' as const, holds })),
  fc
    .record({
      agents: someAgents,
      from: fc.constantFrom(255, 85, 15),
      to: fc.constantFrom(255, 51),
    })
    .map((step) => ({ kind: 'infinitelyOftenStep' as const, step })),
  fc.record({ kind: fc.constant('leadsTo' as const), from: states, to: states }),
);

const assumption: fc.Arbitrary<Assumption> = fc.record({
  kind: fc.constantFrom('weak' as const, 'strong' as const),
  unit: fc.oneof(
    { weight: 3, arbitrary: agent },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'anything' as const,
        'processes' as const,
        'north' as const,
        'south' as const,
      ),
    },
  ),
});

const edge = fc.tuple(fc.nat({ max: 7 }), agent, fc.nat({ max: 7 }));
/** By which agent a state is first reached, and from which of the states before it: so that all are reachable. */
const firstEdge = fc.tuple(fc.nat({ max: 7 }), agent);

const drawing: fc.Arbitrary<Drawing> = fc
  .record({
    firstEdges: fc.array(firstEdge, { maxLength: 7, size: 'max' }),
    edges: fc.array(edge, { maxLength: 14, size: 'max' }),
    initial: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 255 })),
    agents: fc.array(
      fc.constantFrom('action' as const, 'fault' as const, 'north' as const, 'south' as const),
      { minLength: AGENTS, maxLength: AGENTS },
    ),
    fairness: fc.oneof(
      { weight: 9, arbitrary: fc.array(assumption, { maxLength: 4, size: 'max' }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    claims,
    each: fc.tuple(states, states, states, states).map(([a, b, c, d]) => [
      { kind: 'leadsTo' as const, from: a, to: b },
      { kind: 'leadsTo' as const, from: c, to: d },
    ]),
  })
  .map(({ firstEdges, edges, initial, ...rest }) => {
    const count = firstEdges.length + 1;
    const first = firstEdges.map(([from, by], i) => ({
      from: from % (i + 1),
      agent: by,
      to: i + 1,
    }));
    const others = edges.map(([from, by, to]) => ({
      from: from % count,
      agent: by,
      to: to % count,
    }));
    const graph = {
      states: count,
      initial: initial & (2 ** count - 1) || 1,
      edges: [...first, ...others],
    };
    return { graph, ...rest };
  });

/** What the definitions say of one property: how short the beginning of a counterexample is, if there is one. */
interface Answer {
  readonly claim: Claim | undefined;
  readonly stem: number | undefined;
  /** The entry that fails, for a claim of each entry of a table. */
  readonly part: string | undefined;
}

/** The answers in the order of the properties of the scenario, of which the last asks for each entry. */
function answersFor(drawn: Drawing): readonly Answer[] {
  const { graph, claims: asked, each } = drawn;
  const stems = refutations(graph, conditionsOf(drawn), [...asked, ...each]);
  const ofEach = stems.slice(asked.length);
  const first = ofEach.findIndex((stem) => stem !== undefined);
  const part = first < 0 ? undefined : `items.i${first}`;
  return [
    ...asked.map((claim, i) => ({ claim, stem: stems[i], part: undefined })),
    { claim: each[first], stem: ofEach[first], part },
  ];
}

/** That a violation is shown by a counterexample, with the shortest beginning that there is. */
function expectCounterexample(property: PropertyResult, answer: Answer, drawn: Drawing): void {
  const { claim, stem, part } = answer;
  const { trace, because } = property;
  if (trace === undefined || claim === undefined) throw new Error('a violation without a trace');
  const wrong = objection(drawn.graph, conditionsOf(drawn), claim, runOf(drawn, trace));
  if (wrong !== undefined) throw new Error(`${JSON.stringify(claim)}: ${wrong}`);
  expect([trace.loopsTo ?? trace.steps.length, because]).toEqual([stem, part]);
}

function expectTrue(result: Result, answers: readonly Answer[], drawn: Drawing): void {
  for (const [i, answer] of answers.entries()) {
    const property = result.properties[i];
    const verdict = answer.stem === undefined ? 'holds' : 'violated';
    if (property?.verdict !== verdict) {
      throw new Error(`${property?.kind} is ${verdict}, the checker says ${property?.verdict}`);
    }
    if (verdict === 'violated') expectCounterexample(property, answer, drawn);
  }
}

const figures = ({ states: count, generated, levels, complete, properties, ledger }: Result) => ({
  count,
  generated,
  levels,
  complete,
  ends: ledger.ends,
  fairness: [...ledger.fairness].sort((a, b) => (a.condition < b.condition ? -1 : 1)),
  verdicts: properties.map(({ verdict }) => verdict),
});

describe('liveness is judged as by trying every set of states that a fair run can visit for ever', () => {
  test.each([
    { kept: 'number', memo: 'adaptive', graphs: 9_000 },
    { kept: 'number', memo: 'off', graphs: 6_000 },
    { kept: 'entry', memo: 'adaptive', graphs: 3_000 },
    { kept: 'entry', memo: 'off', graphs: 2_000 },
  ] as const)('on $graphs graphs, the state kept in the $kept, the memo $memo', (row) => {
    const agreement = fc.property(drawing, (drawn) => {
      const answers = answersFor(drawn);
      const scenario = scenarioOf(drawn, row.kept);
      const { memo } = row;
      const breadthFirst = check(scenario, { memo, order: 'breadth_first' });
      const depthFirst = check(scenario, { memo, order: 'depth_first' });
      expectTrue(breadthFirst, answers, drawn);
      expectTrue(depthFirst, answers, drawn);
      expect(figures(depthFirst)).toEqual(figures(breadthFirst));
    });
    fc.assert(agreement, { numRuns: row.graphs });
  });

  test('within a bound on the depth, or is undecided because the bound cut something off', () => {
    const honesty = fc.property(drawing, fc.nat({ max: 7 }), (drawn, depthMax) => {
      const scenario = scenarioOf(drawn, 'number');
      const { levels } = check(scenario);
      for (const order of ['breadth_first', 'depth_first'] as const) {
        const result = check(scenario, { order, depthMax });
        expect(result.complete).toBe(levels <= depthMax + 1);
        if (result.complete) expectTrue(result, answersFor(drawn), drawn);
        else for (const { verdict } of result.properties) expect(verdict).toBe('undecided');
      }
    });
    fc.assert(honesty, { numRuns: 2_000 });
  });
});
