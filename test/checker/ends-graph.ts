import fc from 'fast-check';
import { type Scenario, spec } from '../../src/index.ts';

/**
 * Graphs of a few states whose edges are steps of a process, of actions and of faults, with sets of
 * states where runs begin and may end; and the answer to what is asked about ends, from the
 * definition, by nothing but loops over all edges.
 */

/**
 * `times`: how often the fault that goes along its edges may happen; Infinity for one without a
 * budget.
 */
export interface EndsGraph {
  readonly states: number;
  readonly initial: readonly number[];
  readonly final: readonly number[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly by: 'process' | 'one' | 'other' | 'fault';
  }[];
  readonly times: number;
}

/** Mostly graphs with so few edges that ends get out of reach; some go round in circles. */
export const endsGraph: fc.Arbitrary<EndsGraph> = fc.integer({ min: 1, max: 9 }).chain((states) => {
  const state = fc.nat({ max: states - 1 });
  const by = fc.constantFrom(
    'process' as const,
    'one' as const,
    'other' as const,
    'fault' as const,
  );
  return fc.record({
    states: fc.constant(states),
    initial: fc.uniqueArray(state, { minLength: 1, maxLength: 2 }),
    final: fc.uniqueArray(state, { maxLength: 2 }),
    edges: fc.array(fc.record({ from: state, to: state, by }), { maxLength: 2 * states }),
    times: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
  });
});

/**
 * Graphs of more states, with about as many edges: ends are reached by long ways that go to and
 * fro, if at all.
 */
export const windingGraph: fc.Arbitrary<EndsGraph> = fc
  .integer({ min: 8, max: 24 })
  .chain((states) => {
    const state = fc.nat({ max: states - 1 });
    const by = fc.constantFrom('process' as const, 'one' as const, 'other' as const);
    const edge = fc.record({ from: state, to: state, by });
    return fc.record({
      states: fc.constant(states),
      initial: fc.constant([0, 1]),
      final: fc.uniqueArray(state, { minLength: 1, maxLength: 1 }),
      edges: fc.array(edge, { minLength: states, maxLength: Math.ceil(1.8 * states), size: 'max' }),
      times: fc.constant(1),
    });
  });

interface Place {
  at: number;
  /** Grows with every state that is met, so that slots appear late. */
  readonly met: { [state: string]: true };
}

const graph = spec<Place>();

/**
 * The scenario whose states and steps are those of the graph; with `late`, each state has a slot
 * that appears with it.
 */
export function graphScenario(
  { initial, final, edges, times }: EndsGraph,
  late: boolean,
): Scenario {
  const targets = (by: string, at: number) => [
    ...new Set(edges.filter((edge) => edge.by === by && edge.from === at).map(({ to }) => to)),
  ];
  const guarded = (by: string) => ({
    when: ({ at }: { readonly at: number }) => targets(by, at).length > 0,
    do: (place: Place, pick: (name: string, options: readonly number[]) => number) => {
      const before = place.at;
      place.at = pick('to', targets(by, before));
      if (!late) return;
      delete place.met[`s${before}`];
      place.met[`s${place.at}`] = true;
    },
  });
  const walk = graph.flow({
    name: 'walk',
    steps: {
      go: {
        when: guarded('process').when,
        do: (place, _self, pick) => {
          guarded('process').do(place, pick);
          return 'go';
        },
      },
    },
  });
  return graph.scenario({
    name: 'graph',
    about: 'A graph of a few states.',
    system: () => ({
      init: () => initial.map((at) => ({ at, met: late ? { [`s${at}`]: true as const } : {} })),
      processes: { p: walk.start() },
      actions: ['one', 'other'].map((name) => graph.action({ name, ...guarded(name) })),
      faults: [graph.fault({ name: 'fault', times, ...guarded('fault') })],
      final: ({ at }) => final.includes(at),
    }),
  });
}

/** A state of the graph and how often the fault may still happen. */
interface Node {
  readonly at: number;
  readonly left: number;
}

/** The expected claims about the ends in a graph. */
export interface EndsAnswer {
  /** Steps to the nearest state in which nothing but the fault can happen and no run may end. */
  readonly stuck: number | undefined;
  /** Steps to the nearest state from which no end can be reached without the fault. */
  readonly outOfReach: number | undefined;
  /** Reachable nodes, with what is left of the budget, from which no end can be reached. */
  readonly lost: number;
  /** Whether an end can be reached, by state: it does not depend on the budget. */
  readonly hopeful: readonly boolean[];
}

/**
 * From the definition; `depthMax`: only what lies so near was visited, and what lies beyond may
 * lead to an end.
 */
export function endsAnswer(given: EndsGraph, depthMax = Number.POSITIVE_INFINITY): EndsAnswer {
  const { states, final, edges } = given;
  const depths = depthsOf(given, depthMax);
  const own = edges.filter(({ by }) => by !== 'fault');
  const keys = [...depths.keys()].map((key): Node => JSON.parse(key));
  const isHopeful = new Map(keys.map((node) => [JSON.stringify(node), final.includes(node.at)]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of keys) {
      if (isHopeful.get(JSON.stringify(node)) === true) continue;
      const next = own
        .filter(({ from }) => from === node.at)
        .map(({ to }) => JSON.stringify({ at: to, left: node.left }));
      // A node that the map lacks was not visited.
      if (!next.some((key) => isHopeful.get(key) ?? true)) continue;
      isHopeful.set(JSON.stringify(node), true);
      changed = true;
    }
  }
  const nearest = (some: readonly Node[]) => {
    const steps = some.map((node) => depths.get(JSON.stringify(node)) ?? Number.NaN);
    return steps.length === 0 ? undefined : Math.min(...steps);
  };
  const isStuck = ({ at }: Node) => !final.includes(at) && !own.some(({ from }) => from === at);
  return {
    stuck: nearest(keys.filter(isStuck)),
    outOfReach: nearest(keys.filter((node) => isHopeful.get(JSON.stringify(node)) === false)),
    lost: keys.filter((node) => isHopeful.get(JSON.stringify(node)) === false).length,
    hopeful: Array.from({ length: states }, (_, at) =>
      keys.some((node) => node.at === at && isHopeful.get(JSON.stringify(node)) === true),
    ),
  };
}

function depthsOf({ initial, edges, times }: EndsGraph, depthMax: number): Map<string, number> {
  // JSON has no infinity, and a budget that never ends is no part of the state.
  const isBounded = Number.isFinite(times);
  let level = initial.map((at): Node => ({ at, left: isBounded ? times : 0 }));
  const depths = new Map<string, number>();
  for (let depth = 0; level.length > 0 && depth <= depthMax; depth++) {
    for (const node of level) depths.set(JSON.stringify(node), depth);
    const next = level.flatMap(({ at, left }) =>
      edges.flatMap(({ from, to, by }): Node[] => {
        if (from !== at) return [];
        if (by !== 'fault' || !isBounded) return [{ at: to, left }];
        return left > 0 ? [{ at: to, left: left - 1 }] : [];
      }),
    );
    const fresh = new Set(
      next.map((node) => JSON.stringify(node)).filter((key) => !depths.has(key)),
    );
    level = [...fresh].map((key): Node => JSON.parse(key));
  }
  return depths;
}
