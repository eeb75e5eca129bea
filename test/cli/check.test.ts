import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run } = makePlace();

describe('racewright check', () => {
  test('finds the race of the seed, and the lock that cures it', () => {
    expect(run('check', 'seed-race', '--set', 'lock=none,both')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --set lock=none,both
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        holds      always       no connection is left without an attachment
        holds      no deadlock  every run can go on until it is done
        VIOLATED   always       an attached volume is reachable from its host (expected)

           step                          what changes
        1  attach1.start
        2  detach1.start                 volumes.old1.status: in-use → detaching
                                         attachments.detach1.status: attached → detaching
        3  detach1.count_attachments     detach1.alone: false → true
        4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                         volumes.new1.status: available → reserved
        5  attach1.connect_volume
        6  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                         volumes.new1.status: reserved → in-use
      ✗ 7  detach1.disconnect_volume     connections.host1: up → down
           in this state it is not true, for attachments.attach1: an attached volume is reachable from its host
           attachments.attach1: {host: host1, status: attached, volume: new1}

        to replay it:
        racewright replay seed-race attach1.start detach1.start detach1.count_attachments attach1.attachment_create \\
          attach1.connect_volume attach1.attachment_complete detach1.disconnect_volume

        36 states, 56 generated, 9 levels in <time>; every reachable state was visited
        as expected

      seed-race  lock=both order=count-first atomic=none attaches=1 detaches=1

        holds      always       an attached volume is reachable from its host
        holds      always       no connection is left without an attachment
        holds      no deadlock  every run can go on until it is done

        16 states, 17 generated, 9 levels in <time>; every reachable state was visited
        as expected

      2 checks: 1 holds, 1 violated; all as expected

      exit 0"
    `);
  });

  test('prints one JSON document', () => {
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
            }
          }
        ]
      }

      exit 0"
    `);
  });

  test('prints the counterexample in the document, each step with what it changes', () => {
    const output = run('check', 'seed-race', '--json');
    const { results } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    const [{ properties, states, verdict, asExpected }] = results;
    expect({ states, verdict, asExpected }).toEqual({
      states: 36,
      verdict: 'violated',
      asExpected: true,
    });
    expect(properties[0]).toMatchInlineSnapshot(`
      {
        "failingPart": "attachments.attach1",
        "kind": "always",
        "name": "an attached volume is reachable from its host",
        "trace": {
          "init": {
            "faults": {},
            "processes": {
              "attach1": {
                "at": "start",
                "flow": "attach",
                "vars": {
                  "host": "host1",
                  "volume": "new1",
                },
              },
              "detach1": {
                "at": "start",
                "flow": "detach",
                "vars": {
                  "alone": false,
                  "host": "host1",
                  "volume": "old1",
                },
              },
            },
            "state": {
              "attachments": {
                "detach1": {
                  "host": "host1",
                  "status": "attached",
                  "volume": "old1",
                },
              },
              "connections": {
                "host1": "up",
              },
              "locks": {
                "host1": null,
              },
              "volumes": {
                "new1": {
                  "status": "available",
                },
                "old1": {
                  "status": "in-use",
                },
              },
            },
          },
          "initIndex": 0,
          "steps": [
            {
              "actor": "attach1",
              "changes": [
                {
                  "after": "attachment_create",
                  "before": "start",
                  "path": "processes.attach1.at",
                },
              ],
              "label": "start",
              "picks": {},
              "reads": [
                "processes.attach1",
              ],
              "writes": [
                "processes.attach1",
              ],
            },
            {
              "actor": "detach1",
              "changes": [
                {
                  "after": "count_attachments",
                  "before": "start",
                  "path": "processes.detach1.at",
                },
                {
                  "after": "detaching",
                  "before": "in-use",
                  "path": "volumes.old1.status",
                },
                {
                  "after": "detaching",
                  "before": "attached",
                  "path": "attachments.detach1.status",
                },
              ],
              "label": "start",
              "picks": {},
              "reads": [
                "processes.detach1",
                "volumes.old1",
                "attachments.detach1",
              ],
              "writes": [
                "processes.detach1",
                "volumes.old1",
                "attachments.detach1",
              ],
            },
            {
              "actor": "detach1",
              "changes": [
                {
                  "after": "disconnect_volume",
                  "before": "count_attachments",
                  "path": "processes.detach1.at",
                },
                {
                  "after": true,
                  "before": false,
                  "path": "processes.detach1.vars.alone",
                },
              ],
              "label": "count_attachments",
              "picks": {},
              "reads": [
                "processes.detach1",
                "attachments.attach1",
                "attachments.detach1",
              ],
              "writes": [
                "processes.detach1",
              ],
            },
            {
              "actor": "attach1",
              "changes": [
                {
                  "after": "connect_volume",
                  "before": "attachment_create",
                  "path": "processes.attach1.at",
                },
                {
                  "after": {
                    "host": "host1",
                    "status": "reserved",
                    "volume": "new1",
                  },
                  "path": "attachments.attach1",
                },
                {
                  "after": "reserved",
                  "before": "available",
                  "path": "volumes.new1.status",
                },
              ],
              "label": "attachment_create",
              "picks": {},
              "reads": [
                "processes.attach1",
                "attachments.attach1",
                "volumes.new1",
              ],
              "writes": [
                "processes.attach1",
                "attachments.attach1",
                "volumes.new1",
              ],
            },
            {
              "actor": "attach1",
              "changes": [
                {
                  "after": "attachment_complete",
                  "before": "connect_volume",
                  "path": "processes.attach1.at",
                },
              ],
              "label": "connect_volume",
              "picks": {},
              "reads": [
                "processes.attach1",
                "connections.host1",
              ],
              "writes": [
                "processes.attach1",
              ],
            },
            {
              "actor": "attach1",
              "changes": [
                {
                  "after": "done",
                  "before": "attachment_complete",
                  "path": "processes.attach1.at",
                },
                {
                  "after": "attached",
                  "before": "reserved",
                  "path": "attachments.attach1.status",
                },
                {
                  "after": "in-use",
                  "before": "reserved",
                  "path": "volumes.new1.status",
                },
              ],
              "label": "attachment_complete",
              "picks": {},
              "reads": [
                "processes.attach1",
                "attachments.attach1",
                "volumes.new1",
              ],
              "writes": [
                "processes.attach1",
                "attachments.attach1",
                "volumes.new1",
              ],
            },
            {
              "actor": "detach1",
              "changes": [
                {
                  "after": "attachment_delete",
                  "before": "disconnect_volume",
                  "path": "processes.detach1.at",
                },
                {
                  "after": "down",
                  "before": "up",
                  "path": "connections.host1",
                },
              ],
              "label": "disconnect_volume",
              "picks": {},
              "reads": [
                "processes.detach1",
                "connections.host1",
              ],
              "writes": [
                "processes.detach1",
                "connections.host1",
              ],
            },
          ],
          "words": [
            "attach1.start",
            "detach1.start",
            "detach1.count_attachments",
            "attach1.attachment_create",
            "attach1.connect_volume",
            "attach1.attachment_complete",
            "detach1.disconnect_volume",
          ],
        },
        "verdict": "violated",
      }
    `);
  });

  test('ends with 3 when a bound is hit before anything is decided', () => {
    expect(run('check', 'seed-race', '--max-states', '10')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --max-states 10
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        undecided  always       an attached volume is reachable from its host
        undecided  always       no connection is left without an attachment
        undecided  no deadlock  every run can go on until it is done

        10 states, 15 generated, 4 levels in <time>
        NOT complete: stopped at the bound on states (--max-states)
        nothing seen so far contradicts what the scenario expects
        next: look further with --max-states 100, or leave the bound out

      exit 3"
    `);
    expect(run('check', 'seed-race', '--max-depth', '2')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --max-depth 2
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        undecided  always       an attached volume is reachable from its host
        undecided  always       no connection is left without an attachment
        undecided  no deadlock  every run can go on until it is done

        6 states, 13 generated, 3 levels in <time>
        NOT complete: nothing beyond the bound on depth was looked at (--max-depth)
        nothing seen so far contradicts what the scenario expects
        next: look further with a larger --max-depth, or leave the bound out

      exit 3"
    `);
    expect(run('check', 'seed-race', '--max-memory', '0.001')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --max-memory 0.001
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        undecided  always       an attached volume is reachable from its host
        undecided  always       no connection is left without an attachment
        undecided  no deadlock  every run can go on until it is done

        3 states, 3 generated, 1 level in <time>
        NOT complete: stopped at the bound on memory (--max-memory)
        nothing seen so far contradicts what the scenario expects
        next: give it more memory with --max-memory, or fewer processes with --set

      exit 3"
    `);
  });

  test('ends with 1 at a violation of which no expectation speaks', () => {
    expect(run('check', 'seed-race', '--set', 'attaches=3')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --set attaches=3
      seed-race  lock=none order=count-first atomic=none attaches=3 detaches=1
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        holds      always       no connection is left without an attachment
        holds      no deadlock  every run can go on until it is done
        VIOLATED   always       an attached volume is reachable from its host

           step                          what changes
        1  attach1.start
        2  detach1.start                 volumes.old1.status: in-use → detaching
                                         attachments.detach1.status: attached → detaching
        3  detach1.count_attachments     detach1.alone: false → true
        4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                         volumes.new1.status: available → reserved
        5  attach1.connect_volume
        6  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                         volumes.new1.status: reserved → in-use
      ✗ 7  detach1.disconnect_volume     connections.host1: up → down
           in this state it is not true, for attachments.attach1: an attached volume is reachable from its host
           attachments.attach1: {host: host1, status: attached, volume: new1}

        to replay it:
        racewright replay seed-race --set attaches=3 attach1.start detach1.start detach1.count_attachments \\
          attach1.attachment_create attach1.connect_volume attach1.attachment_complete detach1.disconnect_volume

        1,074 states, 3,380 generated, 17 levels in <time>; every reachable state was visited
        the scenario states no expectation for this
        next: racewright matrix seed-race shows every combination of lock, order, atomic, attaches, detaches

      exit 1"
    `);
  });

  test('searches depth first when asked to', () => {
    expect(run('check', 'seed-race', '--depth-first')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --depth-first
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1
        Nova hears that A is the only attachment on a shared connection and disconnects it, while B is being attached. Is a
        per-host lock in Nova enough? (Nova and Cinder at the Ocata summit, 2016.)

        holds      always       no connection is left without an attachment
        holds      no deadlock  every run can go on until it is done
        VIOLATED   always       an attached volume is reachable from its host (expected)

           step                          what changes
        1  detach1.start                 volumes.old1.status: in-use → detaching
                                         attachments.detach1.status: attached → detaching
        2  detach1.count_attachments     detach1.alone: false → true
        3  attach1.start
        4  attach1.attachment_create     attachments.attach1: (absent) → {host: host1, status: reserved, volume: new1}
                                         volumes.new1.status: available → reserved
        5  attach1.connect_volume
        6  detach1.disconnect_volume     connections.host1: up → down
      ✗ 7  attach1.attachment_complete   attach1 is done; attachments.attach1.status: reserved → attached
                                         volumes.new1.status: reserved → in-use
           in this state it is not true, for attachments.attach1: an attached volume is reachable from its host
           attachments.attach1: {host: host1, status: attached, volume: new1}

        to replay it:
        racewright replay seed-race detach1.start detach1.count_attachments attach1.start attach1.attachment_create \\
          attach1.connect_volume detach1.disconnect_volume attach1.attachment_complete

        36 states, 56 generated, 9 levels in <time>; every reachable state was visited
        as expected
        next: racewright matrix seed-race shows every combination of lock, order, atomic, attaches, detaches

      exit 0"
    `);
  });

  test('checks every stated expectation of a scenario', () => {
    expect(run('check', 'seed-race', '--all')).toMatchInlineSnapshot(`
      "$ racewright check seed-race --all
      ✓ violated         36 states  seed-race
      ✓ violated        154 states  seed-race detaches=2
      ✓ violated        204 states  seed-race attaches=2
      ✓ violated        782 states  seed-race attaches=2 detaches=2
      ✓ violated         30 states  seed-race attaches=0 detaches=2
      ✓ violated        132 states  seed-race attaches=0 detaches=3
      ✓ holds            16 states  seed-race lock=both
      ✓ holds            44 states  seed-race lock=both detaches=2
      ✓ holds            44 states  seed-race lock=both attaches=2
      ✓ holds           112 states  seed-race lock=both attaches=2 detaches=2
      ✓ holds            16 states  seed-race lock=both attaches=0 detaches=2
      ✓ holds            44 states  seed-race lock=both attaches=0 detaches=3
      ✓ violated         36 states  seed-race lock=detach
      ✓ holds            16 states  seed-race lock=detach attaches=0 detaches=2
      ✓ violated         99 states  seed-race lock=detach detaches=2
      ✓ violated        537 states  seed-race lock=detach attaches=2 detaches=2
      ✓ violated         36 states  seed-race lock=attach
      ✓ violated         30 states  seed-race lock=attach attaches=0 detaches=2
      ✓ violated        154 states  seed-race lock=attach detaches=2
      ✓ violated        502 states  seed-race lock=attach attaches=2 detaches=2
      ✓ holds            22 states  seed-race atomic=count-disconnect
      ✓ violated         19 states  seed-race atomic=count-disconnect attaches=0 detaches=2
      ✓ holds            89 states  seed-race atomic=count-disconnect detaches=2
      ✓ holds           427 states  seed-race atomic=count-disconnect attaches=2 detaches=2
      ✓ holds            16 states  seed-race atomic=count-disconnect-delete
      ✓ holds             9 states  seed-race atomic=count-disconnect-delete attaches=0 detaches=2
      ✓ holds            46 states  seed-race atomic=count-disconnect-delete detaches=2
      ✓ holds           230 states  seed-race atomic=count-disconnect-delete attaches=2 detaches=2
      ✓ violated         31 states  seed-race order=delete-first
      ✓ holds            35 states  seed-race order=delete-first attaches=0 detaches=2
      ✓ violated        187 states  seed-race order=delete-first detaches=2
      ✓ violated        959 states  seed-race order=delete-first attaches=2 detaches=2
      ✓ holds            16 states  seed-race lock=both order=delete-first
      ✓ holds            16 states  seed-race lock=both order=delete-first attaches=0 detaches=2
      ✓ holds            44 states  seed-race lock=both order=delete-first detaches=2
      ✓ holds           112 states  seed-race lock=both order=delete-first attaches=2 detaches=2

      36 checks: 19 holds, 17 violated; all as expected

      exit 0"
    `);
  });
});
