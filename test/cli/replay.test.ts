import { describe, expect, test } from 'vitest';
import { makePlace } from './run.ts';

const place = makePlace();

const { run } = place;

const race =
  'attach1.start detach1.start detach1.count_attachments attach1.attachment_create ' +
  'attach1.connect_volume attach1.attachment_complete detach1.disconnect_volume';

describe('racewright replay', () => {
  test('racewright replay shows what each step changes, what fails, and what can come next', () => {
    expect(run('replay', 'seed-race', ...race.split(' '))).toMatchInlineSnapshot(`
      "$ racewright replay seed-race attach1.start detach1.start detach1.count_attachments attach1.attachment_create attach1.connect_volume attach1.attachment_complete detach1.disconnect_volume
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1

           step                          what changes
        0  initial state                 volumes.new1: {status: available}; volumes.old1: {status: in-use}
                                         attachments.detach1: {host: host1, status: attached, volume: old1}
                                         connections.host1: up; locks.host1: null; attach1.host: host1; attach1.volume: new1
                                         detach1.alone: false; detach1.host: host1; detach1.volume: old1
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

        after step 7 the property is false, for attachments.attach1: an attached volume is reachable from its host
        enabled next: detach1.attachment_delete

      exit 1"
    `);
  });

  test('racewright replay shows the held locks', () => {
    expect(
      run(
        'replay',
        'seed-race',
        '--set',
        'lock=both',
        'detach1.start',
        'detach1.count_attachments',
      ),
    ).toMatchInlineSnapshot(`
      "$ racewright replay seed-race --set lock=both detach1.start detach1.count_attachments
      seed-race  lock=both order=count-first atomic=none attaches=1 detaches=1

           step                        what changes                                                             locks held
        0  initial state               volumes.new1: {status: available}; volumes.old1: {status: in-use}
                                       attachments.detach1: {host: host1, status: attached, volume: old1}
                                       connections.host1: up; locks.host1: null; attach1.host: host1; attach1.volume: new1
                                       detach1.alone: false; detach1.host: host1; detach1.volume: old1
        1  detach1.start               locks.host1: null → detach1; volumes.old1.status: in-use → detaching     host1: detach1
                                       attachments.detach1.status: attached → detaching
        2  detach1.count_attachments   detach1.alone: false → true

        no property is violated on the way
        enabled next: detach1.disconnect_volume

      exit 0"
    `);
  });

  test('racewright replay without a schedule shows where the run begins', () => {
    expect(run('replay', 'seed-race')).toMatchInlineSnapshot(`
      "$ racewright replay seed-race
      seed-race  lock=none order=count-first atomic=none attaches=1 detaches=1

        the initial state
           volumes.new1: {status: available}
           volumes.old1: {status: in-use}
           attachments.detach1: {host: host1, status: attached, volume: old1}
           connections.host1: up
           locks.host1: null
           attach1: start
           detach1: start

        no property is violated on the way
        enabled next: attach1.start detach1.start

      exit 0"
    `);
  });

  test('racewright replay prints one JSON document', () => {
    expect(run('replay', 'seed-race', 'detach1.start', '--json')).toMatchInlineSnapshot(`
      "$ racewright replay seed-race detach1.start --json
      {
        "format": "racewright/report",
        "version": 2,
        "scenario": "seed-race",
        "parameters": {
          "lock": "none",
          "order": "count-first",
          "atomic": "none",
          "attaches": 1,
          "detaches": 1
        },
        "trace": {
          "init": {
            "state": {
              "volumes": {
                "new1": {
                  "status": "available"
                },
                "old1": {
                  "status": "in-use"
                }
              },
              "attachments": {
                "detach1": {
                  "host": "host1",
                  "status": "attached",
                  "volume": "old1"
                }
              },
              "connections": {
                "host1": "up"
              },
              "locks": {
                "host1": null
              }
            },
            "processes": {
              "attach1": {
                "at": "start",
                "flow": "attach",
                "vars": {
                  "host": "host1",
                  "volume": "new1"
                }
              },
              "detach1": {
                "at": "start",
                "flow": "detach",
                "vars": {
                  "alone": false,
                  "host": "host1",
                  "volume": "old1"
                }
              }
            },
            "faults": {}
          },
          "initIndex": 0,
          "steps": [
            {
              "actor": "detach1",
              "label": "start",
              "picks": {},
              "changes": [
                {
                  "path": "processes.detach1.at",
                  "before": "start",
                  "after": "count_attachments"
                },
                {
                  "path": "volumes.old1.status",
                  "before": "in-use",
                  "after": "detaching"
                },
                {
                  "path": "attachments.detach1.status",
                  "before": "attached",
                  "after": "detaching"
                }
              ],
              "reads": [
                "processes.detach1",
                "volumes.old1",
                "attachments.detach1"
              ],
              "writes": [
                "processes.detach1",
                "volumes.old1",
                "attachments.detach1"
              ]
            }
          ],
          "schedule": [
            "detach1.start"
          ]
        },
        "failures": [],
        "enabled": [
          "attach1.start",
          "detach1.count_attachments"
        ]
      }

      exit 0"
    `);
  });
});
