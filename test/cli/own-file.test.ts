import { describe, expect, test } from 'vitest';
import { model, ownModels, scenario } from './own-models.ts';
import { makePlace } from './run.ts';

const place = makePlace();

place.write(ownModels);

describe('a file of the user', () => {
  test('a file of the user is checked like any scenario, with its imports', () => {
    expect(place.run('check', 'models/counter.ts')).toMatchInlineSnapshot(`
      "$ racewright check models/counter.ts
      counter
        Counts.

        holds      no deadlock  something can always happen
        VIOLATED   always       the limit is kept

           step            what changes
        0  initial state   n: 0
        1  count           n: 0 → 1
        2  count           n: 1 → 2
      ✗ 3  count           n: 2 → 3
           in this state the property is false: the limit is kept
           it read n: 3

        to replay it:
        racewright replay models/counter.ts count count count

        4 states, 5 generated, 4 levels in <time>; every reachable state was visited
        the scenario states no expectation for this point

      exit 1"
    `);
  });

  test('a file of the user can be named with its full path, and one of its scenarios with its name', () => {
    expect(place.run('check', `${place.folder}/models/two.ts:down`)).toMatchInlineSnapshot(`
      "$ racewright check <folder>/work/models/two.ts:down
      down
        Counts.

        holds      always       the limit is kept
        holds      no deadlock  something can always happen

        3 states, 4 generated, 3 levels in <time>; every reachable state was visited
        the scenario states no expectation for this point

      exit 0"
    `);
  });

  test('a file of the user is checked whole when the command names no scenario of it', () => {
    expect(place.run('check', 'models/two.ts')).toMatchInlineSnapshot(`
      "$ racewright check models/two.ts
      down
        Counts.

        holds      always       the limit is kept
        holds      no deadlock  something can always happen

        3 states, 4 generated, 3 levels in <time>; every reachable state was visited
        the scenario states no expectation for this point

      up
        Counts.

        holds      always       the limit is kept
        holds      no deadlock  something can always happen

        3 states, 4 generated, 3 levels in <time>; every reachable state was visited
        the scenario states no expectation for this point

      2 checks: 2 holds; no expectations stated

      exit 0"
    `);
  });

  test('a file of the user whose scenarios have one name needs the names of their exports', () => {
    const twin = (step: number) => scenario('same', `state.n = (state.n + ${step}) % 3;`);
    place.write({
      'twins/limit.ts': 'export const limit = 2;',
      'twins/two.ts': model(`export const up = ${twin(1)}\nexport const down = ${twin(2)}`),
    });
    expect(place.run('check', 'twins/two.ts:same')).toMatchInlineSnapshot(`
      "$ racewright check twins/two.ts:same
      on stderr:
      error: 'twins/two.ts' exports 2 scenarios called 'same'
        Give them different names, or say which export is meant: twins/two.ts:down, twins/two.ts:up

      exit 2"
    `);
    expect(place.run('check', 'twins/two.ts:sideways')).toMatchInlineSnapshot(`
      "$ racewright check twins/two.ts:sideways
      on stderr:
      error: 'twins/two.ts' exports no scenario 'sideways'
        The scenarios that it exports: down, up.

      exit 2"
    `);
    expect(place.run('replay', 'twins/two.ts', 'count')).toMatchInlineSnapshot(`
      "$ racewright replay twins/two.ts count
      on stderr:
      error: 'twins/two.ts' exports 2 scenarios, and this command takes one
        The scenarios that 'twins/two.ts:…' can name: down, up.

      exit 2"
    `);
    expect(place.run('replay', 'twins/two.ts:down', 'count')).toContain('n: 0 → 2');
    expect(place.run('replay', 'twins/two.ts:up', 'count')).toContain('n: 0 → 1');
  });

  test('a file of the user may print something without getting into the JSON document', () => {
    expect(place.run('check', 'models/prints.ts', '--json')).toMatchInlineSnapshot(`
      "$ racewright check models/prints.ts --json
      {
        "format": "racewright/report",
        "version": 2,
        "results": [
          {
            "scenario": "prints",
            "parameters": {},
            "file": "models/prints.ts",
            "exportName": "prints",
            "verdict": "holds",
            "asExpected": null,
            "complete": true,
            "states": 2,
            "generated": 3,
            "levels": 2,
            "seconds": 0,
            "properties": [
              {
                "name": "the limit is kept",
                "kind": "always",
                "verdict": "holds"
              },
              {
                "name": "something can always happen",
                "kind": "deadlock",
                "verdict": "holds"
              }
            ],
            "ledger": {
              "exhaustive": true,
              "statesCut": 0,
              "fairness": [],
              "neverTaken": [],
              "faultBudgets": {},
              "faultsNeverHappened": [],
              "vacuous": [],
              "neverFound": [],
              "ends": {
                "stuck": 0,
                "onlySelfLoops": 1
              },
              "symmetry": "none",
              "reduction": "none",
              "selfChecks": {
                "evaluatedTwice": 0,
                "statesSampled": 0
              }
            },
            "warnings": []
          }
        ]
      }

      on stderr:
      loaded

      exit 0"
    `);
  });

  test('a file of the user can be listed, and its runs replayed', () => {
    expect(place.run('list', 'models/counter.ts')).toMatchInlineSnapshot(`
      "$ racewright list models/counter.ts
      counter
        Counts.

        the scenario states no expectations

      exit 0"
    `);
    expect(place.run('replay', 'models/counter.ts', 'count', 'count')).toMatchInlineSnapshot(`
      "$ racewright replay models/counter.ts count count
      counter

           step            what changes
        0  initial state   n: 0
        1  count           n: 0 → 1
        2  count           n: 1 → 2

        no property is violated on the way
        enabled next: count

      exit 0"
    `);
  });
});
