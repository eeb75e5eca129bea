import { describe, expect, test } from 'vitest';
import {
  check,
  type Pick,
  type Property,
  SpecError,
  type System,
  spec,
  stronglyFair,
  weaklyFair,
} from '../../src/index.ts';

interface World {
  volumes: Record<string, { status: string; tags?: unknown }>;
  turn: number;
}
const world = spec<World>();

type Step = Parameters<typeof world.action>[0]['do'];

/** A scenario in which a process takes one step that does what `step` does. */
function taking(
  step: (state: World, self: { n: number; readonly pid: string }, pick: Pick) => unknown,
) {
  const flow = world.flow({
    name: 'detach',
    vars: () => ({ n: 0 }),
    steps: {
      // The point of these tests is to break the types' promises.
      driver_detach: (state, self, pick) => step(state as World, self, pick) as undefined,
      roll_detaching() {},
    },
  });
  return world.scenario({
    name: 'broken',
    about: 'A model with a mistake in it.',
    system: () => ({
      init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
      processes: { detach1: flow.start() },
    }),
  });
}

function complaint(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SpecError) return error.message.replace(/ \(file:.*|Thrown at .*/s, '…');
    throw error;
  }
  throw new Error('nothing was complained about');
}

describe('a step that stores something that is not plain data is named with its key path', () => {
  class Volume {
    readonly size = 1;
  }
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  test.each<[string, unknown, string]>([
    ['a Date', new Date(0), 'a Date'],
    ['a Map', new Map(), 'a Map'],
    ['a Set', new Set([1]), 'a Set'],
    ['a class instance', new Volume(), 'a Volume'],
    ['a function', () => 1, 'a function'],
    ['undefined', undefined, 'undefined'],
    ['a hole in an array', new Array(2), 'undefined'],
    ['NaN', Number.NaN, 'the number NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'the number Infinity'],
    ['a bigint', 1n, 'a bigint'],
    ['a symbol', Symbol('s'), 'a symbol'],
    ['a symbol as key', { [Symbol('s')]: 1 }, 'a key that is a symbol (Symbol(s))'],
    ['a cycle', cycle, 'a cycle: it contains itself'],
  ])('%s', (name, value, found) => {
    const scenario = taking((state) => {
      const volume = state.volumes['v1'];
      if (volume !== undefined) volume.tags = { inner: value };
    });
    const path = { 'a hole in an array': '.0', 'a cycle': '.self' }[name] ?? '';
    expect(complaint(() => check(scenario))).toBe(
      `scenario 'broken', flow 'detach', step 'driver_detach': volumes.v1.tags.inner${path} was given ${found}\n` +
        'A state holds plain data only: strings, finite numbers, booleans, null, arrays and records. Delete an entry instead of storing undefined; store a Date as a number, a Set or Map as a record.',
    );
  });
});

describe('an initial state that is not plain data is named with its field', () => {
  class Volume {
    readonly size = 1;
  }
  const plain = 'A state holds plain data only';
  const beginning = (init: () => unknown) =>
    complaint(() =>
      check(
        world.scenario({
          name: 'beginning',
          about: 'A beginning that the types forbid.',
          system: () => ({ init: init as () => World, final: 'anywhere' }),
        }),
      ),
    );

  test.each<[string, unknown, string]>([
    ['a Date', new Date(0), 'a Date'],
    ['a Map', new Map([[1, 2]]), 'a Map'],
    ['a Set', new Set([1]), 'a Set'],
    ['a class instance', new Volume(), 'a Volume'],
    ['a symbol as key', { [Symbol('s')]: 1 }, 'a key that is a symbol (Symbol(s))'],
    ['undefined', undefined, 'undefined'],
    ['a function', () => 1, 'a function'],
  ])('%s', (_name, value, found) => {
    const message = `scenario 'beginning', init: turn was given ${found}\n${plain}`;
    expect(beginning(() => ({ volumes: {}, turn: value }))).toContain(message);
  });

  test('a Map in a later one, where the first has a table', () => {
    const init = () => [
      { volumes: {}, turn: 0 },
      { volumes: new Map(), turn: 0 },
    ];
    expect(beginning(init)).toContain("scenario 'beginning', init: volumes was given a Map");
  });

  test('inside of an entry', () => {
    const init = () => ({ volumes: { v1: { since: new Date(0) } }, turn: 0 });
    expect(beginning(init)).toContain(
      "scenario 'beginning', init: volumes.v1.since was given a Date",
    );
  });

  test.each<[string, unknown, string]>([
    ['null', null, 'it returned null, which is not a state'],
    ['a number', 3, 'it returned 3, which is not a state'],
    ['nothing', undefined, 'it returned undefined, which is not a state'],
    ['no state at all', [], 'it returned no initial state'],
    ['an array of numbers', [1], 'it returned 1, which is not a state'],
    ['a promise of one', Promise.resolve({ n: 0 }), 'the state was given a Promise'],
    ['an instance', new Volume(), 'the state was given a Volume'],
  ])('%s in place of the state', (_name, value, what) => {
    expect(beginning(() => value)).toContain(`scenario 'beginning', init: ${what}\n`);
  });

  test('nor can a whole table become something else in a step', () => {
    const scenario = taking((state) => {
      state.volumes = new Map([['v2', { status: 'new' }]]) as unknown as World['volumes'];
    });
    expect(complaint(() => check(scenario))).toContain('volumes was given a Map');
  });

  test('the variables of a process neither', () => {
    const flow = world.flow({
      name: 'attach',
      vars: () => ({ since: new Date(0) }),
      steps: { begin() {} },
    });
    const scenario = world.scenario({
      name: 'dated',
      about: 'A process with a date.',
      system: () => ({
        init: () => ({ volumes: {}, turn: 0 }),
        processes: { attach1: flow.start() },
      }),
    });
    expect(complaint(() => check(scenario))).toContain(
      "scenario 'dated': processes.attach1.vars.since was given a Date",
    );
  });

  test.each([-1, 1.5, Number.NaN])('a fault of the model that may happen %d times', (times) => {
    const scenario = world.scenario({
      name: 'faulty',
      about: 'A budget that is none.',
      system: () => ({
        init: () => ({ volumes: {}, turn: 0 }),
        faults: [world.fault({ name: 'blink', times, do() {} })],
      }),
    });
    expect(complaint(() => check(scenario))).toBe(
      `scenario 'faulty': the budget of its fault 'blink' is '${times}'\nGive 0, 1, 2 …`,
    );
  });
});

describe('a broken recipe is an error that says what, where and how to mend it', () => {
  test('a label that is not one', () => {
    expect(complaint(() => check(taking(() => 'rol_detaching')))).toMatchInlineSnapshot(`
      "scenario 'broken', flow 'detach', step 'driver_detach': it returned 'rol_detaching', which is not a label of this flow
      Return 'driver_detach', 'roll_detaching', 'done', or nothing to fall through."
    `);
  });

  test('a recipe that throws', () => {
    const throwing = taking(() => {
      throw new RangeError('no such host');
    });
    expect(complaint(() => check(throwing))).toMatchInlineSnapshot(`
      "scenario 'broken', flow 'detach', step 'driver_detach': it threw RangeError: no such host
      …"
    `);
  });

  test('a field that the state does not have', () => {
    const scenario = taking((state) => {
      (state as unknown as Record<string, number>)['tunr'] = 1;
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'broken', flow 'detach', step 'driver_detach': the state has no field 'tunr'
      It has 'volumes', 'turn'. Add the field to \`init\`, empty if need be."
    `);
  });

  test('a guard that changes the state', () => {
    const flow = world.flow({
      name: 'greedy',
      steps: {
        take: {
          when: (state) => {
            (state as unknown as World).turn = 7;
            return true;
          },
          do: () => {},
        },
      },
    });
    const scenario = world.scenario({
      name: 'greedy-guard',
      about: 'A guard that does not only look.',
      system: () => ({ init: () => ({ volumes: {}, turn: 0 }), processes: { p: flow.start() } }),
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'greedy-guard', flow 'greedy', step 'take': a guard or property tries to change turn
      Guards and properties only look. Change the state in \`do\`."
    `);
  });

  test('a property that changes what it was given', () => {
    const scenario = world.scenario({
      name: 'meddling',
      about: 'A property that mutates.',
      system: () => ({
        init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
        properties: [
          world.always('nothing is wrong', (state) => {
            (state.volumes['v1'] as { status: string }).status = 'available';
            return true;
          }),
        ],
      }),
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'meddling', property 'nothing is wrong': it changes something that it was only given to look at (Cannot assign to read only property 'status' of object '#<Object>')
      Change only the draft that \`do\` receives; guards, properties and values kept outside are frozen."
    `);
  });

  test('S19: a recipe that changes a value of an older state, kept outside', () => {
    let kept: { status: string } | undefined;
    const remember: Step = (state) => {
      if (state.turn === 0) state.turn = 1;
      else if (kept !== undefined) kept.status = 'error';
    };
    const scenario = world.scenario({
      name: 'old-state',
      about: 'An alias of a value that belongs to a state that was visited.',
      system: () => ({
        init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
        actions: [world.action({ name: 'remember', do: remember })],
        properties: [
          world.always('looks only', (state) => {
            kept = state.volumes['v1'] as { status: string };
            return true;
          }),
        ],
      }),
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'old-state', action 'remember': it changes something that it was only given to look at (Cannot assign to read only property 'status' of object '#<Object>')
      Change only the draft that \`do\` receives; guards, properties and values kept outside are frozen."
    `);
  });

  test.each<[string, () => number]>([
    ['Math.random', () => Math.random()],
    ['Date.now', () => Date.now()],
    ['new Date()', () => new Date().getTime()],
    ['performance.now', () => performance.now()],
  ])('S21: a recipe that uses %s', (source, read) => {
    const scenario = taking((state) => {
      state.turn = read();
    });
    expect(complaint(() => check(scenario))).toBe(
      `scenario 'broken', flow 'detach', step 'driver_detach': uncontrolled nondeterminism: it uses ${source}\n` +
        'A recipe may depend on nothing but the state. Choose with `pick`, and keep time as a number in the state.',
    );
  });

  test('S21: a recipe that depends on a variable outside', () => {
    let calls = 0;
    const scenario = taking((state) => {
      calls += 1;
      state.turn = calls;
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'broken', flow 'detach', step 'driver_detach': uncontrolled nondeterminism: the same step on the same state did two different things
      A recipe may depend on nothing but the state, its variables and its picks: look for a variable outside the recipe that changes, or the iteration order of something foreign."
    `);
  });

  test('S21: a recipe that picks something else the second time', () => {
    let calls = 0;
    const scenario = taking((_state, _self, pick) => {
      calls += 1;
      pick(calls % 2 === 0 ? 'left' : 'right', [1, 2]);
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'broken', flow 'detach', step 'driver_detach': it is not a pure function: it asked for 'right' in one run and for 'left' in the next
      A recipe may depend on nothing but the state, its variables and its picks."
    `);
  });

  test.each<[string, number[][], string]>([
    ['fewer', [[1, 2], [1]], 'among 1, 2 in one run and among 1 in the next'],
    [
      'others',
      [
        [1, 2],
        [3, 4],
      ],
      'among 1, 2 in one run and among 3, 4 in the next',
    ],
    [
      'other types',
      [[1, 2], ['1', '2'] as never],
      "among 1, 2 in one run and among '1', '2' in the next",
    ],
  ])(
    'S21: a recipe that picks among %s the second time',
    (_name, [first = [], second = []], said) => {
      let calls = 0;
      const scenario = taking((_state, _self, pick) => {
        calls += 1;
        pick('host', calls % 2 === 1 ? first : second);
      });
      expect(complaint(() => check(scenario))).toContain(
        `it is not a pure function: it asked for 'host' ${said}`,
      );
    },
  );

  describe('a recipe that takes the processes for a record, as guards see them', () => {
    type Given = Record<string, { at: string }>;
    test.each<[string, (processes: Given, pick: Pick) => unknown, string]>([
      [
        'picks among its keys',
        (given, pick) => pick('who', Object.keys(given)),
        'lists the keys of',
      ],
      ['goes through its values', (given) => Object.values(given), 'lists the keys of'],
      ['reads an entry', (given) => given['p']?.at, "reads 'p' of"],
      ['deletes an entry', (given) => delete given['p'], "deletes 'p' of"],
      [
        'sets an entry',
        (given) => {
          given['p'] = { at: 'done' };
        },
        "sets 'p' of",
      ],
    ])('%s', (_name, take, does) => {
      const crash = world.fault({
        name: 'crash',
        do: (_state, pick, processes) => {
          take(processes as unknown as Given, pick);
        },
      });
      const scenario = world.scenario({
        name: 'crashing',
        about: 'A fault that mistakes what it is given.',
        system: () => ({ init: () => ({ volumes: {}, turn: 0 }), faults: [crash] }),
      });
      expect(complaint(() => check(scenario))).toBe(
        `scenario 'crashing', fault 'crash': it ${does} the processes, which are no record in \`do\`\n` +
          'Go through them with `for (const [pid, process] of processes)`; there is get(pid), start, move and stop.',
      );
    });
  });

  describe('S21: a property that depends on a variable outside', () => {
    const asking = (property: () => Property<World>) =>
      world.scenario({
        name: 'asking',
        about: 'A number that goes up to 9, and a question about it.',
        system: () => ({
          init: () => ({ volumes: {}, turn: 0 }),
          actions: [
            world.action({
              name: 'count',
              when: ({ turn }) => turn < 9,
              do: (state) => {
                state.turn += 1;
              },
            }),
          ],
          properties: [property()],
          final: 'anywhere',
        }),
      });
    const counting = (most: number) => {
      let calls = 0;
      return () => {
        calls += 1;
        return calls < most;
      };
    };

    test.each(['adaptive', 'off'] as const)('is found when first asked, memo %s', (memo) => {
      const answers = [
        asking(() => world.always('odd calls', counting(2))),
        asking(() => world.step('odd calls', counting(2))),
        asking(() => world.eventually('odd calls', counting(2))),
      ].map((scenario) => complaint(() => check(scenario, { memo })));
      expect(answers).toEqual(answers.map(() => answers[1]));
      expect(answers[0]).toMatchInlineSnapshot(`
        "property 'odd calls': uncontrolled nondeterminism: asked twice about the same, it gave two answers
        A property may depend on nothing but the state: look for a variable outside that changes."
      `);
    });

    test('is found later by asking again about a sample of states', () => {
      const scenario = asking(() => world.always('few calls', counting(5)));
      expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
        "property 'few calls': uncontrolled nondeterminism: asked twice about the same, it gave two answers
        A property may depend on nothing but the state: look for a variable outside that changes."
      `);
    });
  });

  test('S22: a property that throws gives no verdict at all', () => {
    const scenario = world.scenario({
      name: 'throwing',
      about: 'A property that cannot be evaluated.',
      system: () => ({
        init: () => ({ volumes: {}, turn: 0 }),
        properties: [
          world.always(
            'every volume is free',
            (state) =>
              (state.volumes as Record<string, { status: string }>)['v1']?.status.length ===
              (undefined as never as string).length,
          ),
        ],
      }),
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'throwing', property 'every volume is free': it threw TypeError: Cannot read properties of undefined (reading 'length')
      …"
    `);
  });

  describe('a question that cannot be asked names what there is', () => {
    const known = world.action({ actor: 'admin', name: 'reset', do() {} });
    const blink = world.fault({ name: 'blink', do() {} });
    const flow = world.flow({ name: 'detach', steps: { begin() {}, end() {} } });
    const asking = (system: Partial<System<World>>) =>
      world.scenario({
        name: 'asking',
        about: 'A question about something that is not there.',
        system: () => ({
          init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
          processes: { detach1: flow.start() },
          actions: [known],
          faults: [blink],
          final: 'anywhere',
          ...system,
        }),
      });

    test('fairness of an action that the system does not have', () => {
      const reset = world.action({ name: 'reset', do() {} });
      expect(
        complaint(() => check(asking({ fairness: weaklyFair(reset) }))),
      ).toMatchInlineSnapshot(`
        "scenario 'asking', fairness: it is asked for the action 'reset', which the system does not have
        It has admin.reset, fault.blink."
      `);
      const none = { actions: [], faults: [], fairness: stronglyFair(known) };
      expect(complaint(() => check(asking(none)))).toMatchInlineSnapshot(`
        "scenario 'asking', fairness: it is asked for the action 'admin.reset', which the system does not have
        It has none."
      `);
    });

    test('fairness of a label that the flow does not have', () => {
      // The types forbid it; a scenario in JavaScript can do it.
      const fairness = weaklyFair(flow.at('middle' as 'end'));
      expect(complaint(() => check(asking({ fairness })))).toMatchInlineSnapshot(`
        "scenario 'asking', fairness: it is asked for the label 'middle', which flow 'detach' does not have
        Its labels are begin, end."
      `);
    });

    // The types forbid all of these, but the command line does not type-check a file that it runs.
    test.each<[string, unknown, string]>([
      ['a word that is none', weaklyFair('proceses' as 'processes'), "it is asked for 'proceses'"],
      ['nothing', weaklyFair(undefined as never), 'it is asked for undefined'],
      ['a process', weaklyFair(flow.start() as never), 'it is asked for an object'],
    ])('fairness of %s', (_name, fairness, what) => {
      expect(complaint(() => check(asking({ fairness: fairness as [] })))).toBe(
        `scenario 'asking', fairness: ${what}\n` +
          "Name 'processes' (each of them), 'anything' (all of them together), a flow, flow.at(label), allBut(flow) or an action.",
      );
    });

    test.each<[string, unknown, string]>([
      ['a unit in place of an assumption', ['processes'], "it lists 'processes'"],
      ['the function itself', [weaklyFair], 'it lists a function'],
      ['no list', 'processes', "it is 'processes', not a list"],
    ])('fairness written as %s', (_name, fairness, what) => {
      expect(complaint(() => check(asking({ fairness: fairness as [] })))).toBe(
        `scenario 'asking', fairness: ${what}\n` +
          "Write fairness: weaklyFair('processes'), or a list of what weaklyFair and stronglyFair return.",
      );
    });

    test.each<[string, Property<World>]>([
      [
        'every',
        world.always(
          'all are free',
          world.every('turn' as 'volumes', () => true),
        ),
      ],
      [
        'some',
        world.never(
          'one is free',
          world.some('volume' as 'volumes', () => true),
        ),
      ],
      [
        'each',
        world.eachLeadsTo(
          'all go',
          'volume' as 'volumes',
          () => true,
          () => true,
        ),
      ],
    ])('a table that the state does not have, asked for %s entry', (_name, property) => {
      const text = complaint(() => check(asking({ properties: [property] })));
      expect(text.split('\n')[1]).toBe(
        "The tables are 'volumes': fields that are records by id in the initial state.",
      );
      expect(text).toContain(`property '${property.name}'`);
    });
  });

  describe('a text that could be misread', () => {
    const told = (system: Partial<System<World>>) =>
      complaint(() =>
        check(
          world.scenario({
            name: 'told',
            about: 'A text that says two things at once.',
            system: () => ({
              init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
              final: 'anywhere' as const,
              ...system,
            }),
          }),
        ),
      );

    test('two properties of one name', () => {
      const twins = [
        world.always('it stays', ({ turn }) => turn === 0),
        world.reachable('it stays', ({ turn }) => turn === 7),
      ];
      expect(told({ properties: twins })).toMatchInlineSnapshot(`
        "scenario 'told': it has two properties called 'it stays'
        Say of each what only it says."
      `);
      const reserved = world.always('every run can go on until it is done', () => true);
      expect(told({ properties: [reserved] })).toMatchInlineSnapshot(`
        "scenario 'told': it has two properties called 'every run can go on until it is done', which is how the question for deadlocks is called
        Say of each what only it says."
      `);
    });

    test.each([3, [5], null])('a table that is %j in another initial state', (volumes) => {
      const odd = { volumes: volumes as unknown as World['volumes'], turn: 0 };
      const init = () => [{ volumes: {}, turn: 0 }, odd];
      expect(told({ init }).replace(JSON.stringify(volumes), '…')).toBe(
        "scenario 'told': the field 'volumes' is a table in one initial state and … in another\n" +
          'Give every initial state a record there; it may be empty.',
      );
    });

    test('an entry that is called like what every object has', () => {
      const build = world.action({
        name: 'build',
        do: (state) => {
          state.volumes['constructor'] = { status: 'building' };
        },
      });
      expect(told({ actions: [build] })).toMatchInlineSnapshot(`
        "scenario 'told', action 'build': volumes.constructor has a name that JavaScript gives to something else
        Call the entry otherwise."
      `);
      const init = () => ({ volumes: { valueOf: { status: 'in-use' } }, turn: 0 });
      expect(told({ init: init as unknown as System<World>['init'] })).toMatchInlineSnapshot(`
        "scenario 'told', init: volumes.valueOf has a name that JavaScript gives to something else
        Call the entry otherwise."
      `);
    });

    test.each(['async', 'generator'])('a step of a flow that is one (%s)', (kind) => {
      const body = kind === 'async' ? async () => undefined : function* () {};
      const scenario = taking(body);
      expect(complaint(() => check(scenario))).toBe(
        `scenario 'broken', flow 'detach', step 'driver_detach': it returned a ${kind === 'async' ? 'Promise' : 'Generator'}, so that it has not done all of its work\n` +
          'A step is done at once: remove `async` or `*`, and make several steps where one has to wait.',
      );
    });

    test('a guard that answers later', () => {
      const flow = world.flow({
        name: 'later',
        steps: { take: { when: (async () => true) as unknown as () => boolean, do() {} } },
      });
      expect(told({ processes: { p: flow.start() } })).toMatchInlineSnapshot(`
        "scenario 'told', flow 'later', step 'take': a guard or property answered a Promise
        Answer true or false: remove \`async\` or \`*\`."
      `);
    });

    test('an action that goes on when its step is over', () => {
      const later = world.action({
        name: 'later',
        do: async (state) => {
          await null;
          state.turn = 1;
        },
      });
      expect(told({ actions: [later] })).toMatchInlineSnapshot(`
        "scenario 'told', action 'later': it returned a Promise, so that it has not done all of its work
        A step is done at once: remove \`async\` or \`*\`, and make several steps where one has to wait."
      `);
      const bit = world.action({
        name: 'bit_by_bit',
        // The types take whatever is returned for nothing.
        *do(state: { turn: number }) {
          yield;
          state.turn = 1;
        },
      } as unknown as Parameters<typeof world.action>[0]);
      expect(told({ actions: [bit] })).toMatchInlineSnapshot(`
        "scenario 'told', action 'bit_by_bit': it returned a Generator, so that it has not done all of its work
        A step is done at once: remove \`async\` or \`*\`, and make several steps where one has to wait."
      `);
    });
  });

  describe('a question that throws or answers neither true nor false gives no verdict at all', () => {
    const broken = (state: { readonly turn: number }) => {
      if (state.turn === 2) throw new RangeError('too far');
      return true;
    };
    const counting = (property: Property<World>) =>
      world.scenario({
        name: 'counting',
        about: 'A number that goes up to 3, and a property that fails to answer on the way.',
        system: () => ({
          init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
          actions: [
            world.action({
              name: 'count',
              when: ({ turn }) => turn < 3,
              do: (state) => {
                state.turn += 1;
              },
            }),
          ],
          properties: [world.never('three', ({ turn }) => turn === 3), property],
          final: 'anywhere',
        }),
      });

    type Ask = (state: { readonly turn: number }) => boolean;
    const asked: Record<string, (ask: Ask) => Property<World>> = {
      always: (ask) => world.always('p', ask),
      never: (ask) => world.never('p', ask),
      reachable: (ask) => world.reachable('p', ask),
      step: (ask) => world.step('p', (_before, _action, after) => ask(after)),
      eventually: (ask) => world.eventually('p', (state) => ask(state)),
      infinitelyOften: (ask) => world.infinitelyOften('p', (state) => ask(state)),
      'a step again': (ask) => world.infinitelyOften('p', { step: (_, __, after) => ask(after) }),
      eventuallyAlways: (ask) => world.eventuallyAlways('p', (state) => ask(state)),
      'leads from': (ask) =>
        world.leadsTo(
          'p',
          (state) => ask(state),
          () => false,
        ),
      'leads to': (ask) =>
        world.leadsTo(
          'p',
          () => true,
          (state) => ask(state),
        ),
      'each leads from': (ask) =>
        world.eachLeadsTo(
          'p',
          'volumes',
          (_, __, state) => ask(state),
          () => false,
        ),
      every: (ask) =>
        world.always(
          'p',
          world.every('volumes', (_, __, state) => ask(state)),
        ),
      some: (ask) =>
        world.never(
          'p',
          world.some('volumes', (_, __, state) => ask(state)),
        ),
      part: (ask) => world.always('p', world.all({ one: () => true, two: (state) => ask(state) })),
      premise: (ask) =>
        world.always(
          'p',
          world.given(
            (state) => ask(state),
            () => true,
          ),
        ),
      conclusion: (ask) =>
        world.always(
          'p',
          world.given(
            () => true,
            (state) => ask(state),
          ),
        ),
    };
    // What keeps a property undecided until the third state is reached.
    const waiting = new Set(['never', 'reachable', 'some']);

    test.each(Object.keys(asked))('%s', (kind) => {
      const make = asked[kind] ?? world.always.bind(world, 'p');
      const throwing: Ask = (state) => broken(state) && !waiting.has(kind);
      expect(complaint(() => check(counting(make(throwing))))).toMatch(
        /property 'p'.*: it threw RangeError: too far\n/,
      );
      const vague: Ask = (state) =>
        state.turn === 2 ? (2 as unknown as boolean) : throwing(state);
      expect(complaint(() => check(counting(make(vague))))).toMatch(
        /property 'p'.*: a guard or property answered 2\nAnswer true or false/,
      );
    });
  });

  test('a property that answers neither true nor false', () => {
    const scenario = world.scenario({
      name: 'vague',
      about: 'A property that answers with a value.',
      system: () => ({
        init: () => ({ volumes: {}, turn: 0 }),
        properties: [world.always('something', (state) => state.turn as unknown as boolean)],
      }),
    });
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "scenario 'vague', property 'something': a guard or property answered 0
      Answer true or false."
    `);
  });

  test('a flow without steps, and labels that cannot be', () => {
    expect(complaint(() => world.flow({ name: 'empty', steps: {} }))).toMatchInlineSnapshot(`
      "flow 'empty': it has no steps
      Give it at least one label."
    `);
    expect(
      complaint(() => world.flow({ name: 'ends', steps: { done() {} } })),
    ).toMatchInlineSnapshot(`
      "flow 'ends': 'done' cannot be a label
      'done' is where every flow ends, and JavaScript moves keys that are numbers to the front. Rename it."
    `);
  });
});
