import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { complaint, taking, type World, world } from './broken-model.ts';

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
  ])(
    'a step that stores something that is not plain data is named with its key path: %s',
    (name, value, found) => {
      const scenario = taking((state) => {
        const volume = state.volumes['v1'];
        if (volume !== undefined) volume.tags = { inner: value };
      });
      const path = { 'a hole in an array': '.0', 'a cycle': '.self' }[name] ?? '';
      expect(complaint(() => check(scenario))).toBe(
        `scenario 'broken', flow 'detach', step 'driver_detach': volumes.v1.tags.inner${path} was given ${found}\n` +
          'A state holds plain data only: strings, finite numbers, booleans, null, arrays and records. Delete an entry instead of storing undefined; store a Date as a number, a Set or Map as a record.',
      );
    },
  );
});

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
])('an initial state with %s is named with its field', (_name, value, found) => {
  const message = `scenario 'beginning', init: turn was given ${found}\n${plain}`;
  expect(beginning(() => ({ volumes: {}, turn: value }))).toContain(message);
});

test('a Map in a later initial state is named, where the first has a table', () => {
  const init = () => [
    { volumes: {}, turn: 0 },
    { volumes: new Map(), turn: 0 },
  ];
  expect(beginning(init)).toContain("scenario 'beginning', init: volumes was given a Map");
});

test('a Date inside of an entry of an initial state is named with its key path', () => {
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
])('%s in place of an initial state is named as the value that it is', (_name, value, what) => {
  expect(beginning(() => value)).toContain(`scenario 'beginning', init: ${what}\n`);
});

test('a step that replaces a whole table by something else is named with the table', () => {
  const scenario = taking((state) => {
    state.volumes = new Map([['v2', { status: 'new' }]]) as unknown as World['volumes'];
  });
  expect(complaint(() => check(scenario))).toContain('volumes was given a Map');
});

test('variables of a process that are not plain data are named with their key path', () => {
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

test.each([-1, 1.5, Number.NaN])(
  'a fault that may happen %d times is refused with the values of a budget',
  (times) => {
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
  },
);
