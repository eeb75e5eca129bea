/**
 * Mistakes that the checker once made. Each gave a wrong verdict, a wrong figure or an unreadable
 * error on a model that is legal, if odd, and each was found by reading the checker, not by a
 * scenario.
 */
import { describe, expect, test } from 'vitest';
import {
  check,
  type Processes,
  SpecError,
  spec,
  stronglyFair,
  weaklyFair,
} from '../../src/index.ts';

const model = spec<{ x: number }>();

/** A guarded step from one number to another. */
const go = (from: number, to: number) => ({
  when: ({ x }: { readonly x: number }) => x === from,
  do: (state: { x: number }) => {
    state.x = to;
  },
});

describe('an action and something else of one name', () => {
  test('fairness tells an action from another thing of its name', () => {
    // An action of the actor 'fault' would have the word of the fault, and is refused.
    const repair = model.action({ actor: 'operator', name: 'crash', ...go(0, 2) });
    const back = model.action({ name: 'back', ...go(1, 0) });
    const crash = model.fault({ name: 'crash', times: Number.POSITIVE_INFINITY, ...go(0, 1) });
    const { properties } = check(
      model.scenario({
        name: 'twins',
        about: 'An action that is called like a fault.',
        system: () => ({
          init: () => ({ x: 0 }),
          actions: [repair, back],
          faults: [crash],
          properties: [model.eventually('x is 2', ({ x }) => x === 2)],
          fairness: [...stronglyFair(repair), ...weaklyFair(back)],
          final: 'anywhere',
        }),
      }),
    );
    expect(properties.map(({ verdict }) => verdict)).toEqual(['holds']);
  });

  test('the ledger tells an action from another thing of its name', () => {
    const tm = model.flow({ name: 'tm', steps: { abort() {} } });
    const { ledger } = check(
      model.scenario({
        name: 'namesakes',
        about: 'An actor that is called like a flow.',
        system: () => ({
          init: () => ({ x: 0 }),
          processes: { p: tm.start() },
          actions: [model.action({ actor: 'tm', name: 'abort', ...go(7, 8) })],
        }),
      }),
    );
    expect(ledger.neverTaken).toEqual(['tm.abort']);
  });
});

describe('depth-first search within a bound that cuts nothing off', () => {
  test('depth-first search within a bound that cuts nothing off decides liveness on every step, also those that led beyond the bound on a longer path', () => {
    // 4 is cut off at 3, which lies at the bound, before it is reached by way of 1; then 3 and 4
    // make a loop.
    const edges = [
      [0, 1],
      [0, 2],
      [2, 3],
      [1, 4],
      [3, 4],
      [4, 3],
    ] as const;
    const scenario = model.scenario({
      name: 'diamond',
      about:
        'Two paths, of which depth-first search takes one to the bound before it looks at the other.',
      system: () => ({
        init: () => ({ x: 0 }),
        actions: edges.map(([from, to]) =>
          model.action({ name: `${from}to${to}`, ...go(from, to) }),
        ),
        properties: [
          model.eventuallyAlways('it stays in 3', ({ x }) => x === 3),
          model.infinitelyOften('it leaves 3', { step: ({ x }) => x === 3 }),
        ],
        fairness: weaklyFair('anything'),
        final: 'anywhere',
      }),
    });
    const answers = [
      check(scenario),
      check(scenario, { depthMax: 2 }),
      check(scenario, { order: 'depth_first' }),
      check(scenario, { order: 'depth_first', depthMax: 2 }),
    ].map(({ complete, properties, cost }) => ({
      complete,
      verdicts: properties.map(({ verdict }) => verdict),
      edges: cost.edges,
    }));
    const right = { complete: true, verdicts: ['violated', 'holds'], edges: 6 };
    expect(answers).toEqual([right, right, right, right]);
  });
});

describe('a step that sends its own process elsewhere', () => {
  const other = model.flow({ name: 'other', steps: { first() {}, second() {} } });
  const complaint = (act: (processes: Processes, pid: string) => void) => {
    const flow = model.flow({
      name: 'flow',
      steps: {
        first: (_state, self, _pick, processes) => act(processes, self.pid),
        second() {},
        third() {},
      },
    });
    const system = () => ({ init: () => ({ x: 0 }), processes: { p: flow.start() } });
    try {
      return check(model.scenario({ name: 'own', about: 'One process.', system })).verdict;
    } catch (error) {
      if (error instanceof SpecError) return error.message;
      throw error;
    }
  };

  test('a step that sends its own process elsewhere is an error: its return value says where it goes', () => {
    expect(complaint((processes, pid) => processes.move(pid, 'third'))).toMatchInlineSnapshot(`
      "scenario 'own', flow 'flow', step 'first': it moves its own process 'p'
      Return the label to jump to; to go on in another flow, start a process with another id."
    `);
    const restarts = (processes: Processes, pid: string) => {
      processes.stop(pid);
      processes.start(pid, other.start());
    };
    expect(complaint(restarts)).toMatchInlineSnapshot(`
      "scenario 'own', flow 'flow', step 'first': it starts its own process 'p'
      Return the label to jump to; to go on in another flow, start a process with another id."
    `);
  });

  test('a step may end its own process', () => {
    expect(complaint((processes, pid) => processes.stop(pid))).toBe('holds');
  });
});
