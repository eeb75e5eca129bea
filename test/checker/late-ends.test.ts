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

/** The answers about each initial state of a replay that takes no step, in their order. */
function failuresAtStart({ initial, final, edges, ...rest }: EndsGraph, name: string) {
  const { hopeful } = endsAnswer({ initial, final, edges, ...rest });
  const hasEnds = hopeful.includes(true);
  return initial.map((at) => {
    const isStuck = !final.includes(at) && !edges.some(({ from }) => from === at);
    const isOut = hasEnds && hopeful[at] === false;
    const part = isStuck ? undefined : OUT_OF_REACH;
    return isStuck || isOut ? [{ step: 0, kind: 'deadlock', name, part }] : [];
  });
}

test('a search and each replay ask by one name for ends that only some runs start', () => {
  fc.assert(
    fc.property(endsGraph, (drawn) => {
      const edges = drawn.edges.map((edge) => ({ ...edge, by: 'one' as const }));
      const graph: EndsGraph = { ...drawn, edges };
      const scenario = lateEnds(graph);
      const { hopeful, stuck, outOfReach } = endsAnswer(graph);
      const hasEnds = hopeful.includes(true);
      const name = hasEnds ? DEADLOCK : NEVER_STUCK;
      const isViolated = (hasEnds ? (stuck ?? outOfReach) : stuck) !== undefined;
      const [found] = check(scenario).properties;
      expect([found?.name, found?.verdict]).toEqual([name, isViolated ? 'violated' : 'holds']);
      const replayed = graph.initial.map((_, init) =>
        failuresOf(scenario, replay(scenario, [], { init })),
      );
      expect(replayed).toEqual(failuresAtStart(graph, name));
    }),
    { numRuns: 300 },
  );
});
