import fc from 'fast-check';
import type { Claim } from './brute-force.ts';
import type { Assumption, Drawing } from './graph-scenario.ts';

const AGENTS = 4;
const agent = fc.nat({ max: AGENTS - 1 });
const someAgents = fc.integer({ min: 1, max: 2 ** AGENTS - 1 });
const someStates = fc.nat({ max: 255 });
const fewStates = fc.constantFrom(...Array(8).keys()).map((state) => 1 << state);
const mostStates = fewStates.map((few) => 255 & ~few);
const states = fc.oneof(someStates, fewStates, mostStates);

const steps = fc.record({
  agents: someAgents,
  from: fc.constantFrom(255, 85, 15),
  to: fc.constantFrom(255, 51),
});

const claims: fc.Arbitrary<readonly Claim[]> = fc.tuple(
  states.map((holds) => ({ kind: 'eventually' as const, holds })),
  states.map((holds) => ({ kind: 'infinitelyOften' as const, holds })),
  states.map((holds) => ({ kind: 'eventuallyAlways' as const, holds })),
  steps.map((step) => ({ kind: 'infinitelyOftenStep' as const, step })),
  steps.map((step) => ({ kind: 'eventuallyStep' as const, step })),
  steps.map((step) => ({ kind: 'eventuallyAlwaysStep' as const, step })),
  fc.record({ kind: fc.constant('leadsTo' as const), from: states, to: states }),
);

const assumption: fc.Arbitrary<Assumption> = fc.record({
  where: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ from: states, to: states }) },
  ),
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
/**
 * By which agent a state is first reached, and from which of the states before it: so that all are
 * reachable.
 */
const firstEdge = fc.tuple(fc.nat({ max: 7 }), agent);

/** Graphs of up to eight states, with assumptions and a claim of each kind. */
export const drawing: fc.Arbitrary<Drawing> = fc
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
