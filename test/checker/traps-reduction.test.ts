/**
 * Traps of symmetry, partial order reduction and lossy stores, in searches that use none of them:
 * what is true of the model, and that the ledger says so. See traps.test.ts, and symmetry.test.ts
 * for searches of orbits.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, replay, Search, spec, type WorldState, weaklyFair } from '../../src/index.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';
import { bothOrders } from './drawn.ts';
import { canonical } from './reference.ts';

/** Every order in which these can stand. */
function permutations<T>(items: readonly T[]): T[][] {
  return items.flatMap((first, i) => {
    const rest = [...items.slice(0, i), ...items.slice(i + 1)];
    return rest.length === 0 ? [[first]] : permutations(rest).map((others) => [first, ...others]);
  });
}

/** The same state with the names of interchangeable things exchanged, as text. */
function renamed(text: string, from: readonly string[], to: readonly string[]): string {
  const renaming = new Map(from.map((name, i) => [name, to[i] ?? name]));
  const name = new RegExp(from.join('|'), 'g');
  return canonical(JSON.parse(text.replace(name, (one) => renaming.get(one) ?? one)));
}

/**
 * One of the states that are equal up to a renaming: the first of them in the order of their texts.
 */
function representative(text: string, names: readonly string[]): string {
  return permutations(names)
    .map((order) => renamed(text, names, order))
    .reduce((least, one) => (one < least ? one : least));
}

function visitedBy(search: Search): readonly string[] {
  search.run();
  return [...search.states()].map((world: WorldState) => canonical(world));
}

interface Turn {
  holder: string;
}

const turns = spec<Turn>();

const alternating = turns.scenario({
  name: 'alternating',
  about: 'Two interchangeable processes hold something in turn.',
  system: () => ({
    init: () => [{ holder: 'a' }, { holder: 'b' }],
    actions: [
      turns.action({
        name: 'hand_over',
        do: (state) => {
          state.holder = state.holder === 'a' ? 'b' : 'a';
        },
      }),
    ],
    properties: [
      turns.infinitelyOften('a holds', ({ holder }) => holder === 'a'),
      turns.infinitelyOften('b holds', ({ holder }) => holder === 'b'),
      turns.eventuallyAlways('a holds for ever', ({ holder }) => holder === 'a'),
      turns.eventuallyAlways('b holds for ever', ({ holder }) => holder === 'b'),
    ],
    fairness: weaklyFair('anything'),
  }),
});

test('S10: each of two processes that take turns holds again and again, and neither for ever', () => {
  const { properties, ledger } = bothOrders(alternating);
  expect(properties.map(({ name, verdict }) => [name, verdict]).slice(0, 4)).toEqual([
    ['a holds', 'holds'],
    ['b holds', 'holds'],
    ['a holds for ever', 'violated'],
    ['b holds for ever', 'violated'],
  ]);
  expect(ledger.symmetry).toBe('none');
});

interface Two {
  readonly phases: { [name: string]: 'Loading' | 'Running' | 'Paused' };
}

const two = spec<Two>();

const pausing = two.scenario({
  name: 'pausing',
  about: 'Two processes load, run and pause.',
  system: () => ({
    init: () => ({ phases: { p1: 'Loading', p2: 'Loading' } }),
    actions: ['p1', 'p2'].map((name) =>
      two.action({
        actor: name,
        name: 'step',
        do: ({ phases }) => {
          phases[name] = phases[name] === 'Running' ? 'Paused' : 'Running';
        },
      }),
    ),
    properties: [
      two.never('both pause', ({ phases }) =>
        Object.values(phases).every((phase) => phase === 'Paused'),
      ),
    ],
  }),
});

test('S11: two processes that load, run and pause have 9 states, 6 up to their names, and traces of real steps', () => {
  const states = visitedBy(new Search(pausing));
  expect(states.length).toBe(9);
  expect(new Set(states.map((text) => representative(text, ['p1', 'p2']))).size).toBe(6);
  for (const order of ['breadth_first', 'depth_first'] as const) {
    const trace = check(pausing, { order }).properties[0]?.trace;
    expect(replay(pausing, trace?.schedule ?? [])).toEqual(trace);
  }
});

test.each([
  { rms: 3, states: 288, orbits: 80 },
  { rms: 5, states: 8_832, orbits: 314 },
])('S12: two-phase commit with $rms has $orbits states up to their names', ({ rms, ...counts }) => {
  const names = Array.from({ length: rms }, (_, i) => `rm${i + 1}`);
  const left = new Set(visitedBy(new Search(twoPhaseCommit, { parameters: { rms } })));
  const { size } = left;
  let orbits = 0;
  for (const text of left) {
    orbits += 1;
    // Every renaming of a visited state was visited, too: each is taken away once.
    for (const order of permutations(names)) left.delete(renamed(text, names, order));
  }
  expect({ states: size, orbits }).toEqual(counts);
});

test('S12: a state and its renamings have one representative', () => {
  const names = ['rm1', 'rm2', 'rm3'];
  const states = visitedBy(new Search(twoPhaseCommit));
  fc.assert(
    fc.property(
      fc.constantFrom(...states),
      fc.constantFrom(...permutations(names)),
      (one, order) => {
        const other = renamed(one, names, order);
        expect(states).toContain(other);
        expect(representative(other, names)).toBe(representative(one, names));
      },
    ),
  );
});

interface Bits {
  readonly bits: { [name: string]: boolean };
}

const bits = spec<Bits>();

test('S13: five bits that are flipped have 32 states, 6 up to their names', () => {
  const names = ['b1', 'b2', 'b3', 'b4', 'b5'];
  const flipping = bits.scenario({
    name: 'flipping',
    about: 'Five bits, each of which can be flipped at any time.',
    system: () => ({
      init: () => ({ bits: Object.fromEntries(names.map((name) => [name, false])) }),
      actions: [
        bits.action({
          name: 'flip',
          do: (state, pick) => {
            const name = pick('bit', names);
            state.bits[name] = !state.bits[name];
          },
        }),
      ],
    }),
  });
  const states = visitedBy(new Search(flipping));
  expect(states.length).toBe(32);
  expect(new Set(states.map((text) => representative(text, names))).size).toBe(6);
});

interface Private {
  own: boolean;
  bad: boolean;
}

const model = spec<Private>();

const toggle = model.action({
  actor: 'p',
  name: 'toggle',
  do: (state) => {
    state.own = !state.own;
  },
});

const spoil = model.action({
  actor: 'q',
  name: 'spoil',
  when: ({ bad }) => !bad,
  do: (state) => {
    state.bad = true;
  },
});

const beside = (order: 'p first' | 'q first') =>
  model.scenario({
    name: 'beside',
    about: 'One toggles a bit of its own for ever, another does something bad once.',
    system: () => ({
      init: () => ({ own: false, bad: false }),
      actions: order === 'p first' ? [toggle, spoil] : [spoil, toggle],
      properties: [
        model.never('bad', ({ bad }) => bad),
        model.never('bad while the bit is set', ({ own, bad }) => own && bad),
        model.infinitelyOften('the bit is set', ({ own }) => own),
      ],
      fairness: weaklyFair(toggle),
    }),
  });

test.each(['p first', 'q first'] as const)(
  'S14: a process that loops for ever delays no other, %s',
  (order) => {
    const { properties, ledger } = bothOrders(beside(order));
    expect(properties[0]?.trace?.schedule).toEqual(['q.spoil']);
    expect(ledger.reduction).toBe('none');
  },
);

test('S15: a property that looks at both processes sees both orders', () => {
  const [one, other] = [bothOrders(beside('p first')), bothOrders(beside('q first'))];
  const verdicts = ['violated', 'violated', 'holds', 'holds'];
  for (const result of [one, other]) {
    expect(result.properties.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(result.properties[1]?.trace?.steps.length).toBe(2);
    expect([result.states, result.generated, result.ledger.ends]).toEqual([
      4,
      7,
      { stuck: 0, onlySelfLoops: 0 },
    ]);
  }
});

describe('a store that loses nothing', () => {
  test.each([
    [3, 288],
    [8, 1_745_408],
  ])(
    'S18: two-phase commit with %i resource managers has exactly %i states, of which the store loses none',
    (rms, states) => {
      const { complete, states: found, ledger } = check(twoPhaseCommit, { parameters: { rms } });
      expect({ complete, found, exhaustive: ledger.exhaustive }).toEqual({
        complete: true,
        found: states,
        exhaustive: true,
      });
    },
  );
});
