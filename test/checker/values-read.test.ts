import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, type Scenario, spec } from '../../src/index.ts';

interface Data {
  a: number;
  b: number;
  in: { c: number; d: number };
  list: number[];
  readonly table: { [id: string]: { n: number; m: number } };
}

const data = spec<Data>();

function scenarioOf(properties: readonly Parameters<typeof data.always>[1][], init: Data) {
  return data.scenario({
    name: 'data',
    about: 'One state.',
    system: () => ({
      init: () => init,
      actions: [data.action({ name: 'stay', do() {} })],
      properties: properties.map((body, i) => data.always(`property ${i}`, body)),
    }),
  });
}

const readIn = (scenario: Scenario) => check(scenario).properties[0]?.read;

const start: Data = {
  a: 1,
  b: 2,
  in: { c: 3, d: 4 },
  list: [5],
  table: { x: { n: 1, m: 1 }, y: { n: 2, m: 7 } },
};

/** A condition that is decided from left to right. */
type Cond =
  | { readonly is: 'equal'; readonly path: 'a' | 'b' | 'in.c' | 'in.d'; readonly to: number }
  | { readonly is: 'and' | 'or'; readonly left: Cond; readonly right: Cond };

const { cond } = fc.letrec<{ cond: Cond }>((tie) => ({
  cond: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      is: fc.constant('equal' as const),
      path: fc.constantFrom('a' as const, 'b' as const, 'in.c' as const, 'in.d' as const),
      to: fc.nat(1),
    }),
    fc.record({
      is: fc.constantFrom('and' as const, 'or' as const),
      left: tie('cond'),
      right: tie('cond'),
    }),
  ),
}));

/** The value of a path, read as a model reads it. */
const valueAt = (state: Data, path: 'a' | 'b' | 'in.c' | 'in.d'): number => {
  if (path === 'in.c') return state.in.c;
  return path === 'in.d' ? state.in.d : state[path];
};

function isTrue(state: Data, one: Cond, noteRead: (path: string) => void): boolean {
  if (one.is === 'equal') {
    noteRead(one.path);
    return valueAt(state, one.path) === one.to;
  }
  const left = isTrue(state, one.left, noteRead);
  if (left !== (one.is === 'and')) return left;
  return isTrue(state, one.right, noteRead);
}

describe('the values that a failing test read', () => {
  test('they are those that its conditions ask for, in their order, and no others', () => {
    const seed = Number(process.env['RACEWRIGHT_SEED'] ?? 20_261_201);
    fc.assert(
      fc.property(
        cond,
        fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
        (one, [a, b, c, d]) => {
          const init = { ...start, a: a ?? 0, b: b ?? 0, in: { c: c ?? 0, d: d ?? 0 } };
          const read: string[] = [];
          const holds = isTrue(init, one, (path) => read.push(path));
          const found = readIn(scenarioOf([(state) => isTrue(state as Data, one, () => {})], init));
          expect(found?.map(({ path }) => path)).toEqual(holds ? undefined : [...new Set(read)]);
          for (const { path, value } of found ?? []) {
            expect(value).toBe(valueAt(init, path as 'a'));
          }
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  test('a test of an entry read the fields of the entry that fails', () => {
    expect(
      readIn(scenarioOf([data.every('table', ({ n }, _id, { a }) => n === a)], start)),
    ).toEqual([
      { path: 'table.y.n', value: 2 },
      { path: 'a', value: 1 },
    ]);
  });

  test('a list, and a table of which only the names are asked for, are read as a whole', () => {
    const test = ({ list, table }: Data) => list.includes(1) || Object.keys(table).length > 2;
    expect(readIn(scenarioOf([(state) => test(state as Data)], start))).toEqual([
      { path: 'list', value: [5] },
      { path: 'table', value: start.table },
    ]);
  });

  test('an entry that is not there is read without a value', () => {
    expect(readIn(scenarioOf([({ table }) => table['z'] !== undefined], start))).toEqual([
      { path: 'table.z' },
    ]);
  });
});

describe('what a test did not ask', () => {
  test('the checker finds the entries of a step without reading them for the test', () => {
    const changing = data.scenario({
      name: 'changing',
      about: 'One step.',
      system: () => ({
        init: () => start,
        actions: [
          data.action({
            name: 'change',
            do: ({ table }) => {
              table['x'] = { n: 5, m: 1 };
            },
          }),
        ],
        properties: [
          data.step(
            'n stays',
            data.everyChanged('table', (before, after) => before?.n === after?.n),
          ),
        ],
        final: 'anywhere',
      }),
    });
    expect(readIn(changing)).toEqual([
      { path: 'table.x.n', value: 1, when: 'before' },
      { path: 'table.x.n', value: 5, when: 'after' },
    ]);
  });

  test('a text of a record is made of its values, and not of a method that it lacks', () => {
    const asks = (state: object) => JSON.stringify((state as Data).in) === '';
    expect(readIn(scenarioOf([asks], start))).toEqual([
      { path: 'in.c', value: 3 },
      { path: 'in.d', value: 4 },
    ]);
  });
});

describe('the paths of values that a failing test read', () => {
  test('a property of steps tells values before the step from those after it', () => {
    const counting = data.scenario({
      name: 'counting',
      about: 'One step.',
      system: () => ({
        init: () => start,
        actions: [
          data.action({
            name: 'count',
            when: ({ a }) => a < 2,
            do: (state) => {
              state.a += 1;
            },
          }),
        ],
        properties: [data.step('it shrinks', (before, _action, after) => after.a < before.a)],
        final: 'anywhere',
      }),
    });
    expect(readIn(counting)).toEqual([
      { path: 'a', value: 2, when: 'after' },
      { path: 'a', value: 1, when: 'before' },
    ]);
  });

  test('variables of processes have the paths that changes of steps have', () => {
    const walking = data.flow({
      name: 'walk',
      vars: () => ({ seen: 0 }),
      steps: {
        go(_state, self) {
          self.seen = 1;
        },
      },
    });
    const scenario = data.scenario({
      name: 'walking',
      about: 'One process.',
      system: () => ({
        init: () => start,
        processes: { ann: walking.start() },
        properties: [
          data.always('no walker arrives', (_state, { ann }) => ann?.vars['seen'] === 0),
        ],
      }),
    });
    const [failing] = check(scenario).properties;
    expect(failing?.read).toEqual([{ path: 'processes.ann.vars.seen', value: 1 }]);
    const paths = failing?.trace?.steps.flatMap(({ changes }) => changes.map(({ path }) => path));
    expect(paths).toContain('processes.ann.vars.seen');
  });
});
