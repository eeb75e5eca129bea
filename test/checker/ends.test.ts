import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../src/checker/runs/graph.ts';
import { check, DEADLOCK, failuresOf, OUT_OF_REACH, replay, type Trace } from '../../src/index.ts';
import { endsAnswer, endsGraph, graphScenario, windingGraph } from './ends-graph.ts';
import { asked, lamp } from './ends-lamp.ts';

const switchOn = lamp.action({
  name: 'switch_on',
  when: ({ on }) => !on,
  do: (state) => {
    state.on = true;
  },
});

const verdicts = (result: ReturnType<typeof check>) =>
  result.properties.map(({ name, verdict }) => [name, verdict]);

describe('a system without processes', () => {
  test('a system without processes is stuck at its end, also when a property asks for a process that never existed', () => {
    const scenario = lamp.scenario({
      name: 'lamp',
      about: 'Nothing can happen once the lamp is on.',
      system: () => ({
        init: () => ({ on: false, n: 0 }),
        actions: [switchOn],
        properties: [
          lamp.never('a process is there', (_state, processes) => processes['none'] !== undefined),
        ],
      }),
    });
    for (const order of ['breadth_first', 'depth_first'] as const) {
      expect(verdicts(check(scenario, { order }))).toEqual([
        ['a process is there', 'holds'],
        ['something can always happen', 'violated'],
      ]);
    }
  });
});

describe('a counterexample', () => {
  test('a counterexample names its initial state so that replay begins there, also when init lists equal states', () => {
    const scenario = lamp.scenario({
      name: 'lamps',
      about: 'The second lamp is the first one, listed once more.',
      system: () => ({
        init: () => [
          { on: false, n: 0 },
          { on: false, n: 0 },
          { on: true, n: 0 },
        ],
        actions: [{ ...switchOn, when: undefined }],
        properties: [lamp.never('the lamp is on', ({ on }) => on)],
      }),
    });
    const trace = check(scenario).properties[0]?.trace;
    expect(trace?.init.state).toEqual({ on: true, n: 0 });
    expect(replay(scenario, trace?.schedule ?? [], { init: trace?.initIndex ?? -1 })).toEqual(
      trace,
    );
  });
});

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

/** Graphs of each test; `ENDS_RUNS=100000 npx vitest run test/checker/ends.test.ts` tries more. */
const numRuns = Number(process.env['ENDS_RUNS'] ?? 700);

const endOf = ({ init, steps }: Trace) => Number((steps.at(-1)?.state ?? init).state['at']);

test.each(settings)(
  'the search finds ends in reach and out of reach as the definition says: %j',
  (options) => {
    fc.assert(
      fc.property(endsGraph, fc.boolean(), (graph, late) => {
        const scenario = graphScenario(graph, late);
        const answer = endsAnswer(graph);
        const { verdict, trace, failingPart } = asked(check(scenario, options));
        const shortest = answer.stuck ?? answer.outOfReach;
        expect(verdict).toBe(shortest === undefined ? 'holds' : 'violated');
        if (shortest === undefined || trace === undefined) return;
        expect(failingPart).toBe(answer.stuck === undefined ? OUT_OF_REACH : undefined);
        expect(answer.hopeful[endOf(trace)]).toBe(false);
        const isShortest = options.order === 'breadth_first';
        if (isShortest) expect(trace.steps.length).toBe(shortest);
        const failures = failuresOf(scenario, trace).filter(({ kind }) => kind === 'deadlock');
        expect(failures).toEqual([
          { step: trace.steps.length, kind: 'deadlock', name: DEADLOCK, part: failingPart },
        ]);
      }),
      { numRuns },
    );
  },
);

test.each(settings)('the search finds ends on paths that go to and fro: %j', (options) => {
  fc.assert(
    fc.property(windingGraph, (graph) => {
      const answer = endsAnswer(graph);
      // A state that is stuck is found without a search for ends.
      fc.pre(answer.stuck === undefined);
      const { verdict, trace } = asked(check(graphScenario(graph, false), options));
      expect(verdict).toBe(answer.outOfReach === undefined ? 'holds' : 'violated');
      if (trace === undefined) return;
      expect(answer.hopeful[endOf(trace)]).toBe(false);
      if (options.order === 'breadth_first') expect(trace.steps.length).toBe(answer.outOfReach);
    }),
    { numRuns },
  );
});

test('a bound on the depth hides no end within it, and the search claims none beyond it', () => {
  fc.assert(
    fc.property(
      endsGraph,
      fc.nat({ max: 5 }),
      fc.constantFrom(...settings),
      (graph, depthMax, options) => {
        const answer = endsAnswer(graph, depthMax);
        const result = check(graphScenario(graph, false), { ...options, depthMax });
        const { verdict, stopReason } = asked(result);
        const isKnown = (answer.stuck ?? answer.outOfReach) !== undefined;
        const otherwise = result.complete ? 'holds' : 'undecided';
        expect(verdict).toBe(isKnown ? 'violated' : otherwise);
        if (verdict === 'undecided') expect(stopReason).toBe('depth_max');
      },
    ),
    { numRuns },
  );
});

test('claims about ends at a bound on the states are true of the whole graph', () => {
  fc.assert(
    fc.property(
      endsGraph,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...settings),
      (graph, statesMax, options) => {
        const answer = endsAnswer(graph);
        const result = check(graphScenario(graph, true), { ...options, statesMax });
        const { verdict, trace } = asked(result);
        if (!result.complete) expect(verdict).not.toBe('holds');
        if (trace !== undefined) expect(answer.hopeful[endOf(trace)]).toBe(false);
      },
    ),
    { numRuns },
  );
});

test('an end out of reach is reported also at a bound, once all states after it were visited', () => {
  const scenario = lamp.scenario({
    name: 'counter',
    about: 'One lamp flickers for ever, the other way never ends.',
    system: () => ({
      init: () => ({ on: false, n: 0 }),
      actions: [
        lamp.action({
          name: 'break',
          when: ({ n }) => n === 0,
          do: (s) => {
            s.n = -1;
          },
        }),
        lamp.action({
          name: 'flicker',
          when: ({ n }) => n === -1,
          do: (s) => {
            s.on = !s.on;
          },
        }),
        lamp.action({
          name: 'count',
          when: ({ n }) => n >= 0,
          do: (s) => {
            s.n += 1;
          },
        }),
      ],
      final: ({ n }) => n === 1_000_000,
    }),
  });
  const { complete, properties } = check(scenario, { statesMax: 50 });
  expect([complete, properties[0]?.verdict, properties[0]?.trace?.schedule]).toEqual([
    false,
    'violated',
    ['break'],
  ]);
});

test('the drawn graph marks each state from which no end can be reached', () => {
  fc.assert(
    fc.property(endsGraph, (graph) => {
      const drawn = graphOf(graphScenario(graph, false), { statesMax: 1_000 });
      expect(drawn?.deadlocked.length).toBe(endsAnswer(graph).lost);
    }),
    { numRuns: 200 },
  );
});
