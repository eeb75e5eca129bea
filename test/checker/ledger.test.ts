import { describe, expect, test } from 'vitest';
import { shortfalls } from '../../src/checker/result/ledger.ts';
import { requirements } from '../../src/checker/result/requirements.ts';
import { check, Search, type System, stronglyFair, weaklyFair } from '../../src/index.ts';
import { ask, fill, filling, orders, type Store, spill, store } from './ledger-store.ts';

const explode = store.action({
  actor: 'admin',
  name: 'explode',
  when: ({ count }) => count > 8,
  do() {},
});

const look = store.action({ name: 'look', when: ({ count }) => count === 2, do() {} });

const flood = store.fault({ name: 'flood', when: ({ count }) => count > 8, do() {} });

const arrives = store.eventually('it comes to three', ({ count }) => count === 3);

describe('the ledger of a search to the end', () => {
  test('the ledger of a search to the end says that it was exhaustive and that nothing was cut', () => {
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

  test('the ledger names labels, actions and faults that were never enabled, and no others', () => {
    const { ledger } = check(filling({ actions: [explode, look], faults: [flood, spill] }));
    expect(ledger.neverTaken).toEqual(['fill.repair', 'admin.explode']);
    expect(ledger.faultsNeverHappened).toEqual(['flood']);
  });

  test('the ledger does not list faults that are switched off', () => {
    const faults = [flood.atMost(0), spill];
    expect(check(filling({ faults })).ledger.faultsNeverHappened).toEqual([]);
    const { ledger } = check(filling({ faults: [flood, spill] }), { faults: { flood: 0 } });
    expect(ledger.faultsNeverHappened).toEqual([]);
  });
});

describe('the fairness that a ledger lists', () => {
  const listed = (system: Partial<System<Store>>) =>
    check(filling({ properties: [arrives], actions: [explode, look], faults: [spill], ...system }))
      .ledger.fairness;

  test('the ledger lists the fairness that it assumes of each process when the scenario has none', () => {
    const processes = { fill1: fill.start(), fill2: fill.start() };
    expect(listed({ processes })).toEqual([
      { condition: 'weak fairness of fill1', vacuous: false },
      { condition: 'weak fairness of fill2', vacuous: false },
    ]);
  });

  test('the ledger lists no fairness when the search assumes none, or when no property asks', () => {
    expect(listed({ fairness: [] })).toEqual([]);
    expect(listed({ properties: [] })).toEqual([]);
  });

  test('fairness is vacuous for a label and an action that never change anything', () => {
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
  ] as const)(
    'a search that was cut leaves the rest undecided, and says why: %s',
    (stopReason, options) => {
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
    },
  );

  test('a search that was cut says how much it did not see', () => {
    expect(check(scenario, { depthMax: 2 }).ledger.statesCut).toBe(1);
    expect(check(scenario, { depthMax: 3 }).ledger).toMatchObject({
      exhaustive: true,
      statesCut: 0,
    });
  });

  test('a search with a bound decides liveness when the bound cut nothing', () => {
    for (const order of orders) {
      const { complete, properties: found } = check(scenario, { order, depthMax: 3, statesMax: 4 });
      expect({ complete, verdict: found[0]?.verdict }).toEqual({
        complete: true,
        verdict: 'holds',
      });
    }
  });
});

test('a ledger without weaknesses meets a requirement', () => {
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

test('a requirement names each weakness, one sentence each', () => {
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
