import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterRun } from '../../src/checker/ends/after-run.ts';
import { Walker } from '../../src/explorer/walker.ts';
import {
  check,
  DEADLOCK,
  failuresOf,
  OUT_OF_REACH,
  replay,
  spec,
  type Trace,
} from '../../src/index.ts';
import { resultLines } from '../../src/report/result-text.ts';
import { plainPaint } from '../../src/report/text-style.ts';
import { endsAnswer, endsGraph, graphScenario, windingGraph } from './ends-graph.ts';

interface Lamp {
  on: boolean;
  n: number;
}

const lamp = spec<Lamp>();

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
  test('is stuck at its end, also when a property asks for a process that never existed', () => {
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
  test('names its initial state so that replay begins there, also when init lists equal states', () => {
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
    expect(replay(scenario, trace?.words ?? [], { init: trace?.initIndex ?? -1 })).toEqual(trace);
  });
});

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);
/** Graphs of each test; `ENDS_RUNS=100000 npx vitest run test/checker/ends.test.ts` tries more. */
const numRuns = Number(process.env['ENDS_RUNS'] ?? 700);

const endOf = ({ init, steps }: Trace) => Number((steps.at(-1)?.state ?? init).state['at']);
const asked = ({ properties }: ReturnType<typeof check>) => {
  const [found] = properties;
  if (found === undefined) throw new Error('nothing is asked about ends');
  return found;
};

describe('on graphs of a few states, with faults and picks', () => {
  test.each(settings)(
    'ends are found in reach and out of it as the definition says: %j',
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

  test.each(settings)('ends are found by ways that go to and fro: %j', (options) => {
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

  test('nothing is said that a bound on the depth does not show, and all that it shows', () => {
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

  test('what is said at a bound on the states is true of the whole graph', () => {
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

  test('an end that is out of reach is reported also at a bound, once all that follows was visited', () => {
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
    expect([complete, properties[0]?.verdict, properties[0]?.trace?.words]).toEqual([
      false,
      'violated',
      ['break'],
    ]);
  });
});

describe('two processes that hold what the other needs', () => {
  interface Locks {
    a: { by: string | null };
    b: { by: string | null };
    n: number;
  }
  const locks = spec<Locks>();
  const two = locks.flow({
    name: 'two',
    vars: (x: 'a' | 'b', y: 'a' | 'b') => ({ x, y }),
    steps: {
      one: {
        when: (state, { x }) => state[x].by === null,
        do(state, { x, pid }) {
          state[x].by = pid;
        },
      },
      other: {
        when: (state, { y }) => state[y].by === null,
        do(state, { y, pid }) {
          state[y].by = pid;
        },
      },
      back(state, { x, y }) {
        state[x].by = null;
        state[y].by = null;
      },
    },
  });
  const tick = locks.action({
    name: 'tick',
    do(state) {
      state.n = 1 - state.n;
    },
  });
  const noop = locks.action({ name: 'noop', do() {} });
  const lockedWith = (...actions: readonly (typeof tick)[]) =>
    locks.scenario({
      name: 'two-locks',
      about: 'Each takes its lock first, and then that of the other.',
      system: () => ({
        init: () => ({ a: { by: null }, b: { by: null }, n: 0 }),
        processes: { p: two.start('a', 'b'), q: two.start('b', 'a') },
        actions,
      }),
    });
  const waits = [
    { process: 'p', at: 'other', for: [{ path: 'b.by', holder: 'q' }] },
    { process: 'q', at: 'other', for: [{ path: 'a.by', holder: 'p' }] },
  ];

  test.each([
    ['alone', lockedWith(), undefined],
    ['while a clock ticks', lockedWith(tick), OUT_OF_REACH],
    ['beside a step that changes nothing', lockedWith(noop), OUT_OF_REACH],
  ] as const)('S44: wait for each other for ever, %s', (_, scenario, failingPart) => {
    const found = asked(check(scenario));
    expect([found.name, found.verdict, found.failingPart, found.trace?.words, found.waits]).toEqual(
      [DEADLOCK, 'violated', failingPart, ['p.one', 'q.one'], waits],
    );
  });

  test('are named in the report, each with what it waits for and who holds that', () => {
    const text = resultLines(
      check(lockedWith(tick)),
      { shown: {}, expectedViolations: undefined, replayCommand: ['replay'], next: [] },
      { width: 100, paint: plainPaint },
    );
    expect(text.join('\n')).toContain(
      `     from here no end can be reached any more: p waits for ever at other, for b.by, which is q; q
     waits for ever at other, for a.by, which is p`,
    );
  });

  test('are seen by whoever steps through the run', () => {
    const walker = new Walker(lockedWith(tick), {});
    const { walk } = walker.follow(['p.one', 'q.one']);
    const ends = [0, 1, 2].map((at) => walker.truths(walk, at).at(-1));
    expect(ends.map((end) => [end?.name, end?.truth, end?.part])).toEqual([
      [DEADLOCK, 'holds', undefined],
      [DEADLOCK, 'holds', undefined],
      [DEADLOCK, 'fails', OUT_OF_REACH],
    ]);
  });

  test('are not spoken of where more states follow than are looked at', () => {
    const many = lamp.scenario({
      name: 'many',
      about: 'A long way to go.',
      system: () => ({
        init: () => ({ on: false, n: 0 }),
        actions: [
          lamp.action({
            name: 'count',
            do: (state) => {
              state.n += 1;
            },
          }),
        ],
        final: ({ n }) => n === 100_000,
      }),
    });
    const run = replay(many, []);
    expect(afterRun(many, run, {}, 50).prospect.kind).toBe('unknown');
    expect(failuresOf(many, run)).toEqual([]);
  });
});
