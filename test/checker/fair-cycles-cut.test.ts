import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckOptions } from '../../src/checker/result/options.ts';
import { Search, type Trace } from '../../src/index.ts';
import { answersFor, expectTrue } from './drawing-answers.ts';
import { drawing } from './drawing-arbitrary.ts';
import { expectReplayed } from './expect-replayed.ts';
import { type Drawing, type Kept, scenarioOf, stateOf } from './graph-scenario.ts';

/** The number of graphs: any number with RACEWRIGHT_RUNS. */
const most = Number(process.env['RACEWRIGHT_RUNS'] ?? '800');

type Settings = Required<Pick<CheckOptions, 'order' | 'memo'>>;

/**
 * The bound of a search: after so many states were expanded, at so many states, or so many steps
 * from the start.
 */
const cut = fc.oneof(
  fc.record({ pieces: fc.nat({ max: 7 }) }),
  fc.record({ statesMax: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ depthMax: fc.nat({ max: 6 }) }),
);
type Cut = { readonly pieces?: number; readonly statesMax?: number; readonly depthMax?: number };

/**
 * The search up to where it is cut, and the states of the graph that it has expanded by then, as a
 * set.
 */
function searched(drawn: Drawing, kept: Kept, settings: Settings, { pieces = 99, ...bounds }: Cut) {
  const search = new Search(scenarioOf(drawn, kept), { ...settings, ...bounds });
  // The initial states are there once the search has begun.
  search.advance(0);
  const found = () => [...search.states()].map(stateOf);
  const waiting = found();
  let met = waiting.length;
  let expanded = 0;
  for (let piece = 0; piece < pieces; piece++) {
    // The state that waits longest is expanded, or the one that was found last.
    const next = settings.order === 'breadth_first' ? waiting.shift() : waiting.pop();
    if (next !== undefined) expanded |= 1 << next;
    const ended = search.advance(1);
    const after = found();
    waiting.push(...after.slice(met));
    met = after.length;
    if (ended) break;
  }
  // Within a bound on the depth a state is expanded again where another path to it is shorter; none
  // is left out at the end.
  const all = found().reduce((set, state) => set | (1 << state), 0);
  return { search, expanded: bounds.depthMax === undefined ? expanded : all };
}

function statesOf({ init, steps }: Trace): number {
  const worlds = [init, ...steps.map(({ state }) => state)];
  return worlds.reduce((set, world) => set | (1 << stateOf(world)), 0);
}

describe('S46: a search that is cut off', () => {
  test.each([
    { kept: 'number', graphs: most },
    { kept: 'entry', graphs: Math.ceil(most / 4) },
  ] as const)(
    'S46: in a search that is cut off a liveness property is violated if a fair run violates it within the expanded states, else undecided, on $graphs graphs, the state kept in the $kept',
    ({ kept, graphs }) => {
      let violations = 0;
      const honesty = fc.property(
        drawing,
        cut,
        fc.constantFrom<Settings['order']>('breadth_first', 'depth_first'),
        fc.constantFrom<Settings['memo']>('adaptive', 'off'),
        (drawn, bound, order, memo) => {
          const { search, expanded } = searched(drawn, kept, { order, memo }, bound);
          const result = search.result();
          expectTrue(result, answersFor(drawn, expanded), drawn);
          for (const property of result.properties) {
            const { trace } = property;
            if (trace === undefined) continue;
            expect(statesOf(trace) & ~expanded).toBe(0);
            expectReplayed(scenarioOf(drawn, kept), property);
            if (!result.complete) violations += 1;
          }
          // A search that goes on, or is asked again, gets no other answers.
          expect(search.result().properties).toEqual(result.properties);
          if (result.stopReason !== 'interrupted') return;
          const whole = search.run().result();
          expect(whole.complete).toBe(true);
          expectTrue(whole, answersFor(drawn), drawn);
        },
      );
      fc.assert(honesty, { numRuns: graphs });
      expect(violations).toBeGreaterThan(graphs / 10);
    },
  );
});
