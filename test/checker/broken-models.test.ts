import { describe, expect, test } from 'vitest';
import { check, type Pick } from '../../src/index.ts';
import { complaint, taking, type World, world } from './broken-model.ts';

type Step = Parameters<typeof world.action>[0]['do'];

test('a recipe that returns an unknown label is refused with the labels of its flow', () => {
  expect(complaint(() => check(taking(() => 'rol_detaching')))).toMatchInlineSnapshot(`
    "scenario 'broken', flow 'detach', step 'driver_detach': it returned 'rol_detaching', which is not a label of this flow
    Return 'driver_detach', 'roll_detaching', 'done', or nothing to fall through."
  `);
});

test('an error of a recipe that throws quotes the thrown value', () => {
  const throwing = taking(() => {
    throw new RangeError('no such host');
  });
  expect(complaint(() => check(throwing))).toMatchInlineSnapshot(`
    "scenario 'broken', flow 'detach', step 'driver_detach': it threw RangeError: no such host
    …"
  `);
});

test('a recipe that sets a field which the state does not have is refused with the fields of the state', () => {
  const scenario = taking((state) => {
    (state as unknown as Record<string, number>)['tunr'] = 1;
  });
  expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
    "scenario 'broken', flow 'detach', step 'driver_detach': the state has no field 'tunr'
    It has 'volumes', 'turn'. Add the field to \`init\`, empty if need be."
  `);
});

test('a guard that changes the state is refused', () => {
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
    Guards and properties only read. Change the state in \`do\`."
  `);
});

test('a property that changes its arguments is refused', () => {
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
    "scenario 'meddling', property 'nothing is wrong': it changes a value that it may only read (Cannot assign to read only property 'status' of object '#<Object>')
    Change only the draft that \`do\` receives; guards, properties and values kept outside are frozen."
  `);
});

test('S19: a recipe that changes a value of an older state, kept outside, is refused', () => {
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
    "scenario 'old-state', action 'remember': it changes a value that it may only read (Cannot assign to read only property 'status' of object '#<Object>')
    Change only the draft that \`do\` receives; guards, properties and values kept outside are frozen."
  `);
});

test.each<[string, () => number]>([
  ['Math.random', () => Math.random()],
  ['Date.now', () => Date.now()],
  ['new Date()', () => new Date().getTime()],
  ['performance.now', () => performance.now()],
])('S21: a recipe that uses %s is refused', (source, read) => {
  const scenario = taking((state) => {
    state.turn = read();
  });
  expect(complaint(() => check(scenario))).toBe(
    `scenario 'broken', flow 'detach', step 'driver_detach': uncontrolled nondeterminism: it uses ${source}\n` +
      'A recipe may depend on nothing but the state. Choose with `pick`, and keep time as a number in the state.',
  );
});

test('S21: a recipe that depends on a variable outside is refused', () => {
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

test('S21: a recipe with another pick in its second run is refused', () => {
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
  'S21: a recipe that picks among %s in its second run is refused',
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

describe('a recipe that takes the processes for a record, as guards see them, is refused', () => {
  type Given = Record<string, { at: string }>;
  test.each<[string, (processes: Given, pick: Pick) => unknown, string]>([
    ['picks among its keys', (given, pick) => pick('who', Object.keys(given)), 'lists the keys of'],
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
  ])(
    'a recipe that takes the processes for a record, as guards see them, is refused: %s',
    (_name, take, does) => {
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
          'Go through them with `for (const [pid, process] of processes)`; there is get(pid), vars(pid, flow), start, restart, move and stop.',
      );
    },
  );
});

test('a flow without steps, or with an impossible label, is refused', () => {
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
