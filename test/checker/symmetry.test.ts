import { describe, expect, test } from 'vitest';
import { shortfalls } from '../../src/checker/result/ledger.ts';
import { check, replay, type Scenario, spec, weaklyFair } from '../../src/index.ts';
import { bits } from '../oracles/bits.ts';
import { lostUpdate } from '../oracles/lost-update.ts';
import { twoPhaseCommit } from '../oracles/two-phase-commit.ts';

const symmetry = true;

describe('the orbits of a published model', () => {
  // Sources: an independent explorer that tried all permutations, and Stateright's documentation.
  test.each([
    [2, 34, 94],
    [3, 80, 318],
    [5, 314, 2_048],
    [7, 920, 8_410],
    [8, 1_461, 15_287],
    [10, 3_300, 43_298],
  ])('two-phase commit with %i managers has %i', (rms, states, generated) => {
    const found = check(twoPhaseCommit, { parameters: { rms }, symmetry });
    expect(found).toMatchObject({ states, generated, levels: 3 * rms + 2, verdict: 'holds' });
  });

  test.each([
    [2, 8, 10],
    [3, 22, 32],
    [4, 63, 103],
    [5, 184, 337],
    [6, 539, 1_107],
  ])('the lost update of %i threads has %i', (threads, states, generated) => {
    const found = check(lostUpdate, { parameters: { threads, lock: 'none' }, symmetry });
    expect(found).toMatchObject({ states, generated, levels: 2 * threads + 1 });
    const [lost] = found.properties;
    expect(lost?.trace?.steps.length).toBe(4);
    const parameters = { threads, lock: 'none' } as const;
    expect(replay(lostUpdate, lost?.trace?.schedule ?? [], { parameters })).toEqual(lost?.trace);
  });

  test.each([2, 4, 6])('the locked update of %i threads has 4N + 1', (threads) => {
    const found = check(lostUpdate, { parameters: { threads, lock: 'mutex' }, symmetry });
    expect(found).toMatchObject({ states: 4 * threads + 1, levels: 4 * threads + 1 });
    expect(found).toMatchObject({ verdict: 'holds', asExpected: true });
  });

  test('bits that are flipped have one for each number of them', () => {
    expect(check(bits, { parameters: { bits: 5 }, symmetry }).states).toBe(6);
    expect(check(bits, { parameters: { bits: 14 }, symmetry }).states).toBe(15);
  });
});

interface Cluster {
  readonly servers: { [id: string]: { host: string | null; volume: string } };
  readonly hosts: { [id: string]: { full: boolean } };
  mark: string;
}

const cluster = spec<Cluster>();
const servers = ['s1', 's2', 's3'];

/** Servers that are put on hosts, with what a test adds. */
function placing(more: Partial<ReturnType<typeof whole>>): Scenario {
  return cluster.scenario({
    name: 'placing',
    about: 'Servers are put on hosts, one on each.',
    parameters: {},
    system: () => ({ ...whole(), ...more }) as never,
  }) as unknown as Scenario;
}

const put = (server: string, marks = false) =>
  cluster.action({
    actor: server,
    name: 'put',
    when: (state) => state.servers[server]?.host === null,
    do: (state, pick) => {
      const free = Object.keys(state.hosts).filter((host) => state.hosts[host]?.full === false);
      const host = pick('host', free);
      (state.servers[server] as { host: string | null }).host = host;
      (state.hosts[host] as { full: boolean }).full = true;
      if (marks) state.mark = 'put';
    },
  });

function whole() {
  return {
    symmetry: {
      servers: servers.map((server) => [server, `of ${server}`]),
      hosts: ['h.1', 'h.2', 'h.3'],
    } as { [set: string]: readonly (string | readonly string[])[] },
    init: () => ({
      servers: Object.fromEntries(
        servers.map((server) => [server, { host: null as string | null, volume: `of ${server}` }]),
      ),
      hosts: Object.fromEntries(['h.1', 'h.2', 'h.3'].map((host) => [host, { full: false }])),
      mark: '',
    }),
    actions: servers.map((server) => put(server)),
    faults: [] as unknown[],
    properties: [
      cluster.never('two servers share a host', (state) => {
        const used = Object.values(state.servers).flatMap(({ host }) => host ?? []);
        return new Set(used).size < used.length;
      }),
      cluster.never('all are placed', (state) =>
        Object.values(state.servers).every(({ host }) => host !== null),
      ),
    ] as unknown[],
    final: 'anywhere' as unknown,
  };
}

test('servers on hosts that are both interchangeable have an orbit for each number of them', () => {
  const found = check(placing({}), { symmetry });
  expect(found).toMatchObject({ states: 4, levels: 4 });
  expect(check(placing({})).states).toBe(34);
  expect(found.ledger.symmetry).toEqual({ sets: { servers: 3, hosts: 3 }, sampled: [] });
  const run = found.properties.find(({ name }) => name === 'all are placed')?.trace;
  expect(run?.schedule).toHaveLength(3);
  expect(replay(placing({}), run?.schedule ?? [])).toEqual(run);
});

describe('a declaration is refused', () => {
  const refused = (more: Partial<ReturnType<typeof whole>>) => () =>
    check(placing(more), { symmetry });

  test.each([
    ['a set of one', { servers: ['s1'] }, /symmetry.servers: it has one member, 's1'/],
    ['an empty set', { servers: [] }, /it has no member/],
    ['a name that is no text', { servers: ['s1', 2] }, /it lists 2/],
    ['one name twice', { servers: ['s1', 's1'] }, /it lists the name 's1'/],
    ['sets that overlap', { a: ['s1', 's2'], b: ['s2', 's3'] }, /b: it and symmetry.a both list/],
    ['other numbers of names', { a: [['s1', 'x'], 's2'] }, /have different numbers of names/],
    ['a thing that does not exist', { servers: ['s1', 's2', 's9'] }, /nothing is called 's9'/],
    [
      'things of two kinds',
      { both: ['s1', 'h.1'] },
      /there is the action 's1.put', but no action '"h.1".put'/,
    ],
    ['no record', ['s1', 's2'], /`symmetry` is \["s1","s2"\]/],
  ])('for %s', (_what, declared, message) => {
    expect(refused({ symmetry: declared as never })).toThrow(message);
  });

  test('for a part of what may be exchanged, if the rest tells it apart', () => {
    const some = servers.map((server) => [server]);
    expect(refused({ symmetry: { servers: some } })).toThrow(/'s1' and 's2' are unlike/);
  });

  test('for a step that one of the things takes otherwise', () => {
    expect(refused({ actions: servers.map((server) => put(server, server === 's2')) })).toThrow(
      /action 'put': not symmetric: with .*, the step does something else/,
    );
  });

  test('for an action that one of the things lacks', () => {
    expect(refused({ actions: [put('s1'), put('s2')] })).toThrow(
      /there is the action 's2.put', but no action 's3.put'/,
    );
  });

  test('for a fault that only one of the things has', () => {
    const crash = cluster.fault({ name: 'h.1', times: 1, do: () => {} });
    expect(refused({ faults: [crash] })).toThrow(
      /there is the fault '"h.1"', but no fault '"h.2"'/,
    );
  });

  test.each([
    ['reads one entry', (state: Cluster) => state.servers['s3']?.host === 'h.2'],
    [
      'depends on the order of names',
      (state: Cluster) => {
        const [first, second] = servers.map((id) => state.servers[id]?.host);
        return first === null && second !== null;
      },
    ],
  ])('for a property that %s', (_what, test) => {
    const properties = [cluster.never('it is so', test as never)];
    const found = refused({ properties });
    expect(found).toThrow(/property 'it is so'/);
  });

  test('for a `final` that one of the things decides', () => {
    const final = (state: Cluster) => state.servers['s2']?.host !== null;
    expect(refused({ final })).toThrow(/'final', which says where a run may end/);
  });

  test('for initial states that tell the things apart', () => {
    const init = () => ({ ...whole().init(), mark: 's1' });
    expect(refused({ init })).toThrow(/'s1' and 's2' are unlike: the initial states tell/);
  });

  test('and is none where it is not asked for', () => {
    expect(check(placing({ symmetry: { servers: ['s1'] } })).states).toBe(34);
  });
});

test('initial states that are exchanges of one another are one', () => {
  const init = () => servers.map((mark) => ({ ...whole().init(), mark })) as never;
  expect(check(placing({ init }), { symmetry }).states).toBe(6);
});

test('a set that nothing names is in the ledger', () => {
  const found = check(placing({ symmetry: { ...whole().symmetry, other: ['x', 'y'] } }), {
    symmetry,
  });
  expect(found.states).toBe(4);
  expect(found.ledger.neverFound).toEqual([{ name: 'x', by: 'symmetry.other' }]);
});

test('a scenario that declares nothing cannot be searched by orbits', () => {
  expect(() => check(placing({ symmetry: {} }), { symmetry })).toThrow(/declares no symmetry/);
});

test('a property of whole runs is undecided in a search of orbits', () => {
  const live = spec<{ holder: string }>();
  const turns = live.scenario({
    name: 'turns',
    about: 'Two things hold something in turn.',
    system: () => ({
      symmetry: { holders: ['a', 'b'] },
      init: () => [{ holder: 'a' }, { holder: 'b' }],
      actions: [
        live.action({
          name: 'hand over',
          do: (state) => {
            state.holder = state.holder === 'a' ? 'b' : 'a';
          },
        }),
      ],
      properties: [
        live.always('one of them holds', ({ holder }) => holder !== ''),
        live.infinitelyOften('a holds', ({ holder }) => holder === 'a'),
        live.eventuallyAlways('a holds for ever', ({ holder }) => holder === 'a'),
      ],
      fairness: weaklyFair('anything'),
    }),
  });
  const found = check(turns, { symmetry });
  expect(found.states).toBe(1);
  expect(found.verdict).toBe('undecided');
  expect(found.properties.map(({ verdict, stopReason }) => stopReason ?? verdict)).toEqual([
    'holds',
    'symmetry',
    'symmetry',
    'holds',
  ]);
});

test('a sample of the exchanges finds a property that singles out one of twelve', () => {
  const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
  const many = spec<{ readonly up: { [name: string]: boolean } }>();
  const counted = (isSpecial: (name: string) => boolean) =>
    many.scenario({
      name: 'many',
      about: 'Things that are switched on.',
      system: () => ({
        symmetry: { names },
        init: () => ({ up: Object.fromEntries(names.map((name) => [name, false])) }),
        actions: names.map((name) =>
          many.action({
            actor: name,
            name: 'switch',
            do: ({ up }) => {
              up[name] = true;
            },
          }),
        ),
        properties: [
          many.never('so many are on', ({ up }) => names.filter((name) => up[name]).length > 12),
          many.never('the others are on', ({ up }) =>
            names.every((name) => isSpecial(name) !== up[name]),
          ),
        ],
      }),
    });
  const found = check(
    counted(() => false),
    { symmetry },
  );
  expect(found.states).toBe(13);
  expect(found.ledger.symmetry).toMatchObject({
    sampled: ["property 'so many are on'", "property 'the others are on'"],
  });
  expect(shortfalls(found.ledger, 'exhaustive')).toEqual([
    expect.stringMatching(/a sample of the exchanges for property 'so many are on'/),
  ]);
  expect(() =>
    check(
      counted((name) => name === 'n4'),
      { symmetry },
    ),
  ).toThrow(/'the others are on'/);
});
