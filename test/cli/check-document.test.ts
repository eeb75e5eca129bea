import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run } = makePlace();

test('racewright check prints one JSON document', () => {
  expect(run('check', 'seed-race', '--set', 'lock=both', '--json')).toMatchInlineSnapshot(`
    "$ racewright check seed-race --set lock=both --json
    {
      "format": "racewright/report",
      "version": 2,
      "results": [
        {
          "scenario": "seed-race",
          "parameters": {
            "lock": "both",
            "order": "count-first",
            "atomic": "none",
            "attaches": 1,
            "detaches": 1
          },
          "verdict": "holds",
          "asExpected": true,
          "complete": true,
          "states": 16,
          "generated": 17,
          "levels": 9,
          "seconds": 0,
          "properties": [
            {
              "name": "an attached volume is reachable from its host",
              "kind": "always",
              "verdict": "holds"
            },
            {
              "name": "no connection is left without an attachment",
              "kind": "always",
              "verdict": "holds"
            },
            {
              "name": "every run can go on until it is done",
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
              "stuck": 1,
              "onlySelfLoops": 0
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

    exit 0"
  `);
});
