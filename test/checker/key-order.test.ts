import { describe, expect, test } from 'vitest';
import { check, type Scenario, spec } from '../../src/index.ts';

type Entries = { [id: string]: number };

interface State {
  /** Its entries come and go. */
  late: Entries;
  /** Its entries are there from the start. */
  fixed: Entries;
  /** A record within a value. */
  boxes: { [id: string]: { inner: Entries } };
  told: string;
  total: number;
}

const s = spec<State>();

/** Expressions that depend on the order of keys. */
const ordered: { readonly [name: string]: (table: Entries) => string } = {
  'the first key': (table) => Object.keys(table)[0] ?? '',
  'the last value': (table) => String(Object.values(table).at(-1)),
  'the first entry of a search': (table) =>
    Object.entries(table).find(([, value]) => value > 0)?.[0] ?? '',
  'a loop that stops': (table) => {
    for (const id in table) return id;
    return '';
  },
  'the text of a record': (table) => JSON.stringify(table),
  'the keys of a copy': (table) => Object.keys({ ...table }).join(),
  'the last of a loop': (table) => {
    let last = '';
    for (const id of Object.keys(table)) last = id;
    return last;
  },
};

/** Expressions that do not, though they go through all keys. */
const unordered: { readonly [name: string]: (table: Entries) => string } = {
  'sorted keys': (table) => Object.keys(table).sort().join(),
  'a sum': (table) => String(Object.values(table).reduce((sum, value) => sum + value, 0)),
  'a count': (table) => String(Object.keys(table).length),
  'a question to all': (table) => String(Object.values(table).every((value) => value > 0)),
  'the least key': (table) => Object.keys(table).reduce((a, b) => (a < b ? a : b), 'zzz'),
};

const places: { readonly [name: string]: (state: State) => Entries } = {
  'a table whose entries come and go': (state) => state.late,
  'a record within an entry': (state) => state.boxes['b']?.inner ?? {},
};

function telling(tell: (state: State) => string): Scenario {
  const add = (id: 'zed' | 'ann') =>
    s.action({
      name: id,
      when: (state) => state.late[id] === undefined,
      do(state) {
        state.late[id] = id.length + (id === 'ann' ? 1 : 0);
        const box = state.boxes['b'];
        if (box !== undefined) box.inner[id] = state.late[id];
      },
    });
  return s.scenario({
    name: 'keys',
    about: 'Two keys in either order.',
    system: () => ({
      init: () => ({
        late: {},
        fixed: { x: 1, y: 2 },
        boxes: { b: { inner: {} } },
        told: '',
        total: 0,
      }),
      actions: [
        add('zed'),
        add('ann'),
        s.action({
          name: 'tell',
          when: ({ told }) => told === '',
          do(state) {
            state.told = tell(state);
          },
        }),
      ],
      final: 'anywhere',
      properties: [s.always('it is told', ({ told }) => typeof told === 'string')],
    }),
  });
}

const refusal = /depends on the order in which the keys of a record were set/;

describe.each(Object.entries(places))('in %s', (_place, find) => {
  test.each(Object.entries(ordered))(
    '%s is refused in this place: no state keeps the order of keys',
    (_name, tell) => {
      expect(() => check(telling((state) => tell(find(state))))).toThrow(refusal);
    },
  );

  test.each(Object.entries(unordered))('%s is not refused in this place', (_name, tell) => {
    expect(check(telling((state) => tell(find(state)))).verdict).toBe('holds');
  });
});

/** The same scenario, a property going through the keys. */
function asking(ask: (state: State) => string): Scenario {
  const { system, ...rest } = telling(() => 'x');
  return s.scenario({
    ...rest,
    system: () => ({
      ...(system({}) as object),
      properties: [s.never('it is odd', (state) => ask(state as State) === 'odd')],
    }),
  } as never);
}

describe('in a property', () => {
  /** Of two entries, so that nothing is decided before both are there. */
  const both = (test: (late: Entries) => boolean) => (state: State) =>
    Object.keys(state.late).length === 2 && test(state.late) ? 'odd' : '';
  const first = {
    'the first key': both((late) => Object.keys(late)[0] === 'zed'),
    'the first value': both((late) => Object.values(late)[0] === 3),
    'the last key': both((late) => Object.keys(late).at(-1) === 'ann'),
    'a loop that stops': both((late) => {
      for (const id in late) return id === 'zed';
      return false;
    }),
  };
  test.each(Object.entries(first))('%s is refused in a property', (_name, ask) => {
    expect(() => check(asking(ask))).toThrow(refusal);
  });

  test.each(Object.entries(unordered))('%s is not refused in a property', (_name, ask) => {
    expect(check(asking(({ late }) => ask(late))).verdict).toBe('holds');
  });
});

/** The same scenario, a property of steps going through the keys before or after. */
function askingSteps(ask: (before: State, after: State) => boolean): Scenario {
  const { system, ...rest } = telling(() => 'x');
  return s.scenario({
    ...rest,
    system: () => ({
      ...(system({}) as object),
      properties: [
        s.step('it is even', (before, _action, after) => !ask(before as State, after as State)),
      ],
    }),
  } as never);
}

describe('in a property of steps', () => {
  const firstOf = ({ late }: State) => Object.keys(late)[0];
  const isFull = ({ late }: State) => Object.keys(late).length === 2;
  // Judged before and after are both looked at: the step that adds the second entry, and a later
  // one.
  const rows: { readonly [name: string]: (before: State, after: State) => boolean } = {
    'the first key before': (before) => isFull(before) && firstOf(before) === 'zed',
    'the first key after': (_before, after) => isFull(after) && firstOf(after) === 'zed',
    'the last value after': (_before, after) =>
      isFull(after) && Object.values(after.late).at(-1) === 4,
  };
  test.each(Object.entries(rows))('%s is refused in a property of steps', (_name, ask) => {
    expect(() => check(askingSteps(ask))).toThrow(refusal);
    expect(() => check(askingSteps(ask), { keys: 'sorted' })).not.toThrow();
  });

  test.each(Object.entries(unordered))('%s is not refused in a property of steps', (_name, ask) => {
    const property = askingSteps(({ late }, after) => ask(late) + ask(after.late) === 'odd');
    expect(check(property).verdict).toBe('holds');
  });
});

test.each([...Object.entries(ordered), ...Object.entries(unordered)])(
  '%s of entries that always exist is the same in any run',
  (_name, tell) => {
    expect(check(telling(({ fixed }) => tell(fixed))).verdict).toBe('holds');
  },
);

test('options in the order of keys are the same options in any order', () => {
  const picking = s.scenario({
    name: 'picking',
    about: 'One of those that are there.',
    system: () => ({
      init: () => ({ late: {}, fixed: {}, boxes: {}, told: '', total: 0 }),
      actions: [
        s.action({
          name: 'add',
          do(state, pick) {
            const id = pick('id', ['zed', 'ann', 'bob']);
            state.late[id] = 1;
          },
        }),
        s.action({
          name: 'take',
          do(state, pick) {
            const id = pick('id', Object.keys(state.late));
            delete state.late[id];
          },
        }),
      ],
      final: 'anywhere',
      properties: [s.never('it overflows', ({ late }) => Object.keys(late).length > 3)],
    }),
  });
  expect(check(picking)).toMatchObject({ verdict: 'holds', states: 8 });
});
