import { describe, expect, test } from 'vitest';
import { shortfalls } from '../../src/checker/result/ledger.ts';
import { requirements } from '../../src/checker/result/requirements.ts';
import {
  check,
  type Property,
  Search,
  type System,
  spec,
  stronglyFair,
  weaklyFair,
} from '../../src/index.ts';

interface Store {
  count: number;
  readonly volumes: { [id: string]: { status: string } };
  readonly guests: { [id: string]: number };
}

const store = spec<Store>();
const orders = ['breadth_first', 'depth_first'] as const;

/** Counts to three, and on its way creates a volume, attaches it and deletes it again. */
const fill = store.flow({
  name: 'fill',
  steps: {
    create(state) {
      state.count = 1;
      state.volumes['v1'] = { status: 'available' };
    },
    attach(state) {
      state.count = 2;
      const volume = state.volumes['v1'];
      if (volume !== undefined) volume.status = 'in-use';
    },
    remove(state) {
      state.count = 3;
      delete state.volumes['v1'];
      return 'done';
    },
    repair(state) {
      state.count = 9;
    },
  },
});
const explode = store.action({
  actor: 'admin',
  name: 'explode',
  when: ({ count }) => count > 8,
  do() {},
});
const look = store.action({ name: 'look', when: ({ count }) => count === 2, do() {} });
const flood = store.fault({ name: 'flood', when: ({ count }) => count > 8, do() {} });
const spill = store.fault({
  name: 'spill',
  when: ({ count }) => count === 1,
  do: (state) => {
    state.guests['g1'] = 1;
  },
});

function filling(system: Partial<System<Store>> = {}) {
  return store.scenario({
    name: 'filling',
    about: 'One process with a beginning and an end.',
    system: () => ({
      init: () => ({ count: 0, volumes: {}, guests: {} }),
      processes: { fill1: fill.start() },
      ...system,
    }),
  });
}

const ask = (...properties: readonly Property<Store>[]) => filling({ properties });
const arrives = store.eventually('it comes to three', ({ count }) => count === 3);

describe('the ledger of a search to the end', () => {
  test('says that it was exhaustive and that nothing was cut', () => {
    const { ledger } = check(ask(arrives));
    expect(ledger).toEqual({
      exhaustive: true,
      statesCut: 0,
      fairness: [{ condition: 'weak fairness of fill1', vacuous: false }],
      neverFound: [],
      neverTaken: ['fill.repair'],
      faultBudgets: {},
      faultsNeverHappened: [],
      vacuous: [],
      ends: { stuck: 1, onlySelfLoops: 0 },
      symmetry: 'none',
      reduction: 'none',
      // create, attach, remove, and that there is nothing to do when done; the states 1 and 2.
      selfChecks: { evaluatedTwice: 4, statesSampled: 2 },
    });
  });

  test('names labels, actions and faults that were never enabled, and no others', () => {
    const { ledger } = check(filling({ actions: [explode, look], faults: [flood, spill] }));
    expect(ledger.neverTaken).toEqual(['fill.repair', 'admin.explode']);
    expect(ledger.faultsNeverHappened).toEqual(['flood']);
  });

  test('does not miss faults that are switched off', () => {
    const faults = [flood.atMost(0), spill];
    expect(check(filling({ faults })).ledger.faultsNeverHappened).toEqual([]);
    const { ledger } = check(filling({ faults: [flood, spill] }), { faults: { flood: 0 } });
    expect(ledger.faultsNeverHappened).toEqual([]);
  });
});

describe('a property is vacuous', () => {
  const vacuous = (...properties: readonly Property<Store>[]) =>
    orders.map((order) => check(ask(...properties), { order }).ledger.vacuous);
  const never = 'its premise never held';
  const empty = "'guests' never had an entry";

  test.each<[string, Property<Store>, string | undefined]>([
    [
      'when its premise never holds',
      store.always(
        'p',
        store.given(
          ({ count }) => count === 7,
          () => false,
        ),
      ),
      never,
    ],
    [
      'not when its premise holds once',
      store.always(
        'p',
        store.given(
          ({ count }) => count === 2,
          () => true,
        ),
      ),
      undefined,
    ],
    [
      'when its table is empty',
      store.always(
        'p',
        store.every('guests', () => false),
      ),
      empty,
    ],
    [
      'when the table of one of its parts is empty',
      store.always('p', store.all({ one: store.every('guests', () => false), two: () => true })),
      empty,
    ],
    [
      'when what must never be there has no table to be in',
      store.never(
        'p',
        store.some('guests', () => true),
      ),
      empty,
    ],
    [
      'not when its table has an entry that is gone at the end',
      store.always(
        'p',
        store.every('volumes', () => true),
      ),
      undefined,
    ],
    [
      'when what should lead to something never happens',
      store.leadsTo(
        'p',
        ({ count }) => count === 7,
        () => false,
      ),
      never,
    ],
    [
      'not when it happens and is answered at once',
      store.leadsTo(
        'p',
        ({ count }) => count === 2,
        () => true,
      ),
      undefined,
    ],
    [
      'when nothing is there that could wait',
      store.eachLeadsTo(
        'p',
        'guests',
        () => true,
        () => false,
      ),
      never,
    ],
    [
      'when nothing that is there waits',
      store.eachLeadsTo(
        'p',
        'volumes',
        ({ status }) => status === 'error',
        () => false,
      ),
      never,
    ],
    [
      'not when an entry waits until it is gone',
      store.eachLeadsTo(
        'p',
        'volumes',
        ({ status }) => status === 'in-use',
        () => false,
      ),
      undefined,
    ],
  ])('%s', (_name, property, reason) => {
    const found = reason === undefined ? [] : [{ property: 'p', reason }];
    expect(vacuous(property)).toEqual([found, found]);
    expect(check(ask(property)).properties[0]?.verdict).toBe('holds');
  });

  test('only if it holds: a violated property was asked something', () => {
    const violated = store.leadsTo(
      'p',
      ({ count }) => count === 2,
      () => false,
    );
    expect(vacuous(violated)).toEqual([[], []]);
  });
});

describe('the fairness that a ledger lists', () => {
  const listed = (system: Partial<System<Store>>) =>
    check(filling({ properties: [arrives], actions: [explode, look], faults: [spill], ...system }))
      .ledger.fairness;

  test('is what was assumed of each process when the scenario does not say', () => {
    const processes = { fill1: fill.start(), fill2: fill.start() };
    expect(listed({ processes })).toEqual([
      { condition: 'weak fairness of fill1', vacuous: false },
      { condition: 'weak fairness of fill2', vacuous: false },
    ]);
  });

  test('is nothing when nothing is assumed, or when no property asks', () => {
    expect(listed({ fairness: [] })).toEqual([]);
    expect(listed({ properties: [] })).toEqual([]);
  });

  test('is vacuous for a label and an action that never change anything', () => {
    const fairness = [
      ...weaklyFair('anything', fill.at('attach'), fill.at('repair')),
      ...stronglyFair(fill, explode, look, spill),
    ];
    expect(listed({ fairness })).toEqual([
      { condition: 'weak fairness of anything', vacuous: false },
      { condition: 'weak fairness of fill1.attach', vacuous: false },
      { condition: 'weak fairness of fill.repair', vacuous: true },
      { condition: 'strong fairness of fill1', vacuous: false },
      { condition: 'strong fairness of admin.explode', vacuous: true },
      // It is enabled in a state, but leaves it as it is.
      { condition: 'strong fairness of look', vacuous: true },
      { condition: 'strong fairness of fault.spill', vacuous: false },
    ]);
  });
});

describe('a search that was cut', () => {
  const properties = [
    arrives,
    store.always('never seven', ({ count }) => count !== 7),
    store.step('never down', ({ count }, _, after) => after.count >= count),
    store.never('never one', ({ count }) => count === 1),
  ];
  const scenario = filling({ properties });

  test.each([
    ['states_max', { statesMax: 2 }],
    ['depth_max', { depthMax: 1 }],
    ['memory_max', { memoryMaxBytes: 1 }],
    ['time_max', { interrupt: () => 'time_max' as const }],
  ] as const)('leaves open what it did not see, and says why: %s', (stopReason, options) => {
    for (const order of orders) {
      const search = new Search(scenario, { order, ...options });
      if (stopReason === 'time_max') search.advance(2);
      const {
        verdict,
        complete,
        properties: found,
        ledger,
      } = stopReason === 'time_max' ? search.result(stopReason) : search.run().result();
      expect({ verdict, complete }).toEqual({ verdict: 'violated', complete: false });
      expect(ledger).toMatchObject({ exhaustive: false, stopReason });
      expect(ledger.vacuous).toEqual([]);
      const open = found.filter(({ name }) => name !== 'never one');
      for (const property of open)
        expect(property).toMatchObject({ verdict: 'undecided', stopReason });
      expect(found.find(({ name }) => name === 'never one')?.verdict).toBe('violated');
    }
  });

  test('says how much it did not see', () => {
    expect(check(scenario, { depthMax: 2 }).ledger.statesCut).toBe(1);
    expect(check(scenario, { depthMax: 3 }).ledger).toMatchObject({
      exhaustive: true,
      statesCut: 0,
    });
  });

  test('decides liveness when the bound cut nothing', () => {
    for (const order of orders) {
      const { complete, properties: found } = check(scenario, { order, depthMax: 3, statesMax: 4 });
      expect({ complete, verdict: found[0]?.verdict }).toEqual({
        complete: true,
        verdict: 'holds',
      });
    }
  });
});

describe('a requirement', () => {
  test('is met by a ledger without weaknesses', () => {
    const { ledger } = check(
      filling({
        properties: [arrives],
        processes: {
          p: store
            .flow({
              name: 'three',
              steps: {
                count: (state) => {
                  state.count = 3;
                },
              },
            })
            .start(),
        },
      }),
    );
    expect(requirements.flatMap((requirement) => shortfalls(ledger, requirement))).toEqual([]);
  });

  test('says what is missing, one sentence each', () => {
    const { ledger } = check(
      filling({
        properties: [
          arrives,
          store.always(
            'guests are quiet',
            store.every('guests', () => false),
          ),
          store.leadsTo(
            'seven leads to nine',
            ({ count }) => count === 7,
            () => false,
          ),
        ],
        actions: [explode],
        faults: [flood],
        fairness: weaklyFair(fill, explode),
      }),
    );
    const cut = check(ask(arrives), { depthMax: 1 }).ledger;
    const missing = [ledger, cut].map((each) =>
      Object.fromEntries(
        requirements.map((requirement) => [requirement, shortfalls(each, requirement)]),
      ),
    );
    expect(missing).toMatchInlineSnapshot(`
      [
        {
          "all-faults": [
            "the fault flood never happens",
          ],
          "all-labels": [
            "fill.repair is never taken",
            "admin.explode is never taken",
          ],
          "exhaustive": [],
          "no-vacuity": [
            "'guests are quiet' is vacuous: 'guests' never had an entry",
            "'seven leads to nine' is vacuous: its premise never held",
            "weak fairness of admin.explode is vacuous: no such step is ever enabled",
          ],
        },
        {
          "all-faults": [],
          "all-labels": [
            "fill.remove is never taken",
            "fill.repair is never taken",
          ],
          "exhaustive": [
            "not exhaustive: depth_max",
          ],
          "no-vacuity": [],
        },
      ]
    `);
  });
});

describe('a property with named parts', () => {
  const partOf = (property: Property<Store>) =>
    orders.map((order) => check(ask(property), { order }).properties[0]?.failingPart);

  test.each<[string, Property<Store>, string | undefined]>([
    ['a test alone has none', store.always('p', ({ count }) => count < 2), undefined],
    [
      'the entry',
      store.always(
        'p',
        store.every('volumes', ({ status }) => status !== 'in-use'),
      ),
      'volumes.v1',
    ],
    [
      'the question and the entry',
      store.always(
        'p',
        store.every('volumes', 'is free', ({ status }) => status !== 'in-use'),
      ),
      'is free (volumes.v1)',
    ],
    [
      'the part of several',
      store.always(
        'p',
        store.all({ 'few are there': () => true, 'it is small': ({ count }) => count < 2 }),
      ),
      'it is small',
    ],
    [
      'the part of a part, and the entry',
      store.always(
        'p',
        store.all({
          outside: ({ count }) => count < 9,
          inside: store.all({
            'of volumes': store.every('volumes', 'is free', ({ status }) => status !== 'in-use'),
          }),
        }),
      ),
      'inside: of volumes: is free (volumes.v1)',
    ],
    [
      'the entry that must not be',
      store.never(
        'p',
        store.some('volumes', ({ status }) => status === 'in-use'),
      ),
      'volumes.v1',
    ],
    [
      'the entry that waits for ever',
      store.eachLeadsTo(
        'p',
        'guests',
        () => true,
        () => false,
      ),
      'guests.g1',
    ],
  ])('names what fails: %s', (_name, property, part) => {
    const scenario = filling({ properties: [property], faults: [spill] });
    for (const order of orders) {
      expect(check(scenario, { order }).properties[0]).toMatchObject({
        verdict: 'violated',
        ...(part === undefined ? {} : { failingPart: part }),
      });
    }
    if (part === undefined) expect(partOf(property)).toEqual([undefined, undefined]);
  });
});

describe('several counterexamples', () => {
  interface Doors {
    readonly open: { [name: string]: boolean };
    steps: number;
  }
  const doors = spec<Doors>();
  const names = ['left', 'right', 'back'];
  const house = doors.scenario({
    name: 'house',
    about: 'Three doors that can be opened in any order.',
    system: () => ({
      init: () => ({ open: Object.fromEntries(names.map((name) => [name, false])), steps: 0 }),
      actions: names.map((name) =>
        doors.action({
          actor: name,
          name: 'open',
          when: ({ open }) => open[name] !== true,
          do: (state) => {
            state.open[name] = true;
          },
        }),
      ),
      properties: [
        doors.always(
          'shut',
          doors.every('open', (isOpen) => !isOpen),
        ),
        doors.always('few are open', ({ open }) => Object.values(open).filter(Boolean).length < 2),
        doors.reachable('all are open', ({ open }) => Object.values(open).every(Boolean)),
      ],
      final: 'anywhere',
    }),
  });
  const runs = (counterexamples: number) =>
    check(house, { counterexamples }).properties.map(({ trace, failingPart, others = [] }) =>
      [{ trace, failingPart }, ...others].map((each) =>
        [
          ...(each.trace?.words ?? []),
          ...(each.failingPart === undefined ? [] : [each.failingPart]),
        ].join(' '),
      ),
    );

  test('differ in the part that fails or in the actions', () => {
    expect(runs(9)).toMatchInlineSnapshot(`
      [
        [
          "left.open open.left",
          "right.open open.right",
          "back.open open.back",
          "left.open right.open open.right",
          "left.open back.open open.back",
          "right.open back.open open.back",
          "left.open right.open back.open open.back",
        ],
        [
          "left.open right.open",
          "left.open back.open",
          "right.open back.open",
          "left.open right.open back.open",
        ],
        [
          "left.open right.open back.open",
        ],
      ]
    `);
  });

  test('are as many as were asked for, the nearest first, and the verdict stays violated', () => {
    expect(runs(1).map((each) => each.length)).toEqual([1, 1, 1]);
    expect(runs(2).map((each) => each.length)).toEqual([2, 2, 1]);
    for (const counterexamples of [1, 2, 9]) {
      const { verdict, complete, states } = check(house, { counterexamples });
      expect({ verdict, complete, states }).toEqual({
        verdict: 'violated',
        complete: true,
        states: 8,
      });
    }
  });
});
