import { describe, expect, test } from 'vitest';
import { check, choice, replay, type Scenario, spec } from '../../src/index.ts';

interface State {
  n: number;
  seen: boolean;
  jobs: Record<string, number>;
}
const s = spec<State>();
const init = () => ({ n: 0, seen: false, jobs: {} });

function scenario(parts: object): Scenario {
  return built(() => ({ init, final: 'anywhere', ...parts }));
}

function built(system: () => object): Scenario {
  return s.scenario({ name: 'varied', about: 'It varies.', system: system as never });
}

function problemOf(broken: Scenario, parameters = {}): string {
  try {
    check(broken, { parameters });
    return 'none';
  } catch (error) {
    return String((error as Error).message);
  }
}

describe('the parameters', () => {
  const parameters = { lock: choice(['no', 'yes']) };
  const changed = (point: object): void => {
    (point as { lock: string }).lock = 'yes';
  };

  test.each([
    ['system', { system: changed }],
    ['refuses', { refuses: (point: object) => changed(point), system: () => ({ init }) }],
  ])('the parameters cannot be changed by %s', (where, parts) => {
    const model = s.scenario({ name: 'varied', about: '', parameters, ...parts } as never);
    expect(problemOf(model)).toMatch(
      new RegExp(`^scenario 'varied', ${where}: it changes a value .*'lock' of object`),
    );
  });

  test('the parameters cannot be changed in a scenario that is made', () => {
    const given = { lock: 'no' };
    const expected = [{ given, violates: {} }];
    const values = ['no', 'yes'];
    const model = s.scenario({
      name: 'varied',
      about: '',
      parameters: { lock: { values, default: 'no' } },
      system: () => ({ init, final: 'anywhere' }),
      expect: expected,
    } as never);
    given.lock = 'yes';
    expected.push({ given: { lock: 'no' }, violates: {} });
    values.push('maybe');
    expect(model.expect).toEqual([{ given: { lock: 'no' }, violates: {} }]);
    expect(model.parameters['lock']?.values).toEqual(['no', 'yes']);
    expect(() => {
      (model.expect[0]?.given as { lock: string }).lock = 'yes';
    }).toThrow(TypeError);
  });

  test('the parameters of one call are not those of the next', () => {
    const points: object[] = [];
    const model = s.scenario({
      name: 'varied',
      about: '',
      parameters,
      system: (point) => {
        points.push(point);
        return { init, final: 'anywhere' };
      },
    });
    check(model);
    expect(new Set(points).size).toBe(points.length);
    expect(points.every(Object.isFrozen)).toBe(true);
  });
});

describe('a system that is not the same when it is built again', () => {
  let calls = 0;
  const odd = (): boolean => {
    calls += 1;
    return calls % 2 === 1;
  };
  const flow = (label: string) => s.flow({ name: 'f', steps: { [label]() {} } });
  const two = { a: flow('go'), b: flow('stay') };
  const action = (name: string) => s.action({ name, do() {} });
  const fault = (times: number) => s.fault({ name: 'crash', times, do() {} });

  test.each<[string, () => object, string]>([
    ['processes', () => ({ processes: { [odd() ? 'p' : 'q']: two.a.start() } }), 'processes.p'],
    [
      'labels',
      () => ({ processes: { p: (odd() ? two.a : two.b).start() } }),
      'processes.p.flow.labels.0',
    ],
    ['actions', () => ({ actions: [action(odd() ? 'a' : 'b')] }), 'actions.0.name'],
    ['budgets', () => ({ faults: [fault(odd() ? 1 : 2)] }), 'faults.0.times'],
    ['names', () => ({ properties: [s.always(`p${odd()}`, () => true)] }), 'properties.0.name'],
    ['final', () => ({ final: odd() ? 'anywhere' : () => true }), 'final'],
    [
      'recipes',
      () => ({ actions: [s.action(odd() ? { name: 'a', do() {} } : { name: 'a', do: () => {} })] }),
      'actions.0.do',
    ],
  ])('a system that differs when it is built again is refused for its %s', (_what, parts, path) => {
    calls = 0;
    expect(problemOf(built(() => ({ init, ...parts() })))).toContain(
      `scenario 'varied', system: uncontrolled nondeterminism: built twice, its '${path}' was not the same`,
    );
  });

  test('a system that differs when it is built again is refused for its initial states', () => {
    calls = 0;
    const model = built(() => {
      const n = odd() ? 1 : 2;
      return { init: () => ({ ...init(), n }), final: 'anywhere' };
    });
    expect(problemOf(model)).toContain(
      "scenario 'varied', init: uncontrolled nondeterminism: asked twice, it gave two states that differ in 'n'",
    );
  });
});

test('an init that counts is refused, also by a replay', () => {
  let next = 0;
  const model = scenario({ init: () => ({ ...init(), n: next++ }) });
  const said =
    "init: uncontrolled nondeterminism: asked twice, it gave two states that differ in 'n'";
  expect(problemOf(model)).toContain(said);
  expect(() => replay(model, [])).toThrow(said);
});

describe('what asks for another entry each time', () => {
  let next = 0;
  const fresh = (): string => `job${next++}`;
  const addJob = (st: State): void => {
    st.jobs[fresh()] = 1;
  };
  const anotherEntry =
    /each time it is evaluated it asks for another entry, now for jobs\.job\d+\n/;

  test.each<[string, object]>([
    [
      'a step',
      {
        processes: {
          p: s.flow({ name: 'f', steps: { go: addJob } }).start(),
        },
      },
    ],
    ['an action', { actions: [s.action({ name: 'a', do: addJob })] }],
    [
      'a guard',
      { actions: [s.action({ name: 'a', when: (st) => st.jobs[fresh()] === 1, do() {} })] },
    ],
    ['a property', { properties: [s.always('p', (st) => st.jobs[fresh()] === undefined)] }],
    ['final', { final: (st: State) => st.jobs[fresh()] === undefined }],
  ])('a recipe that asks for another entry each time is refused in %s', (_place, parts) => {
    expect(problemOf(scenario(parts))).toMatch(anotherEntry);
  });

  test('a recipe that asks for another entry each time is refused by a replay', () => {
    const model = scenario({
      actions: [s.action({ name: 'a', do: addJob })],
    });
    expect(() => replay(model, ['a'])).toThrow(anotherEntry);
  });
});

describe('the sample that is evaluated again later', () => {
  /** A value that a step leaves outside of the state, where no double evaluation can notice it. */
  const leaving = (parts: (left: () => boolean) => object): Scenario => {
    let left = false;
    const leave = s.action({
      name: 'leave',
      when: ({ n }) => n < 20,
      do(state) {
        left = true;
        state.n += 1;
      },
    });
    return scenario(parts(() => left));
    function scenario(more: object): Scenario {
      const { actions = [], ...rest } = more as { actions?: object[] };
      return built(() => ({ init, final: 'anywhere', actions: [...actions, leave], ...rest }));
    }
  };

  test('the sample that is evaluated again later finds a step that depends on what another has left outside', () => {
    const model = leaving((left) => ({
      actions: [
        s.action({
          name: 'look',
          do(state) {
            state.seen = left();
          },
        }),
      ],
    }));
    expect(problemOf(model)).toContain(
      "action 'look': uncontrolled nondeterminism: the same step on the same state did two different things",
    );
  });

  test('the sample that is evaluated again later finds a property that depends on what a step has left outside', () => {
    const model = leaving((left) => ({
      properties: [s.never('p', ({ seen }) => left() && !seen)],
    }));
    expect(problemOf(model)).toContain("property 'p': uncontrolled nondeterminism: asked twice");
  });
});

test('every return value that is to be awaited is refused', () => {
  // biome-ignore lint/suspicious/noThenProperty: that is what is tested
  const thenable = { then: () => undefined };
  const flow = s.flow({ name: 'f', steps: { go: () => thenable as never } });
  for (const parts of [
    { actions: [s.action({ name: 'a', do: () => thenable as never })] },
    { processes: { p: flow.start() } },
  ]) {
    expect(problemOf(scenario(parts))).toContain('it returned a thenable, so it has not done');
  }
});
