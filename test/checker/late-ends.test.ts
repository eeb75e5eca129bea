import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  check,
  DEADLOCK,
  failuresOf,
  NEVER_STUCK,
  OUT_OF_REACH,
  replay,
  type Scenario,
  spec,
} from '../../src/index.ts';
import { type EndsGraph, endsAnswer, endsGraph } from './ends-graph.ts';

/** A place in a graph; `over` once the process that ends the run was started. */
interface Place {
  readonly at: number;
  readonly over: boolean;
}

const places = spec<Place>();

const closing = places.flow({ name: 'closing', steps: { close: () => 'done' } });

/**
 * A graph whose ends are known only from a process that a step starts in a final state. The system
 * lists no process and states no `final`.
 */
function lateEnds({ initial, final, edges }: EndsGraph): Scenario {
  const targets = (from: number) => [
    ...new Set(edges.filter((edge) => edge.from === from).map(({ to }) => to)),
  ];
  return places.scenario({
    name: 'late-ends',
    about: 'A run ends by a process that only some runs start.',
    system: () => ({
      init: () => initial.map((at) => ({ at, over: false })),
      actions: [
        places.action({
          name: 'go',
          when: ({ at, over }) => !over && targets(at).length > 0,
          do: (place, pick) => {
            place.at = pick('to', targets(place.at));
          },
        }),
        places.action({
          name: 'finish',
          when: ({ at, over }) => !over && final.includes(at),
          do: (place, _pick, processes) => {
            place.over = true;
            processes.start('closer', closing.start());
          },
        }),
      ],
    }),
  });
}

test('ends that only some runs start are asked for by one name, in a search and in each replay', () => {
  fc.assert(
    fc.property(endsGraph, (drawn) => {
      const graph: EndsGraph = {
        ...drawn,
        edges: drawn.edges.map((edge) => ({ ...edge, by: 'one' as const })),
      };
      const scenario = lateEnds(graph);
      const { hopeful, stuck, outOfReach } = endsAnswer(graph);
      const hasEnds = hopeful.includes(true);
      const name = hasEnds ? DEADLOCK : NEVER_STUCK;
      const isViolated = (hasEnds ? (stuck ?? outOfReach) : stuck) !== undefined;
      const [found] = check(scenario).properties;
      expect([found?.name, found?.verdict]).toEqual([name, isViolated ? 'violated' : 'holds']);
      for (const [init, at] of graph.initial.entries()) {
        const isStuck = !graph.final.includes(at) && !graph.edges.some(({ from }) => from === at);
        const isDead = isStuck || (hasEnds && hopeful[at] === false);
        const part = isStuck ? undefined : OUT_OF_REACH;
        expect(failuresOf(scenario, replay(scenario, [], { init }), {})).toEqual(
          isDead ? [{ step: 0, kind: 'deadlock', name, part }] : [],
        );
      }
    }),
    { numRuns: 300 },
  );
});
