import { expect, test } from 'vitest';
import { makePlace } from './run.ts';

const { run } = makePlace();

test('racewright check prints the counterexample in the document, each step with what it changes', () => {
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
      "read": [
        {
          "path": "attachments.attach1.status",
          "value": "attached",
        },
        {
          "path": "attachments.attach1.host",
          "value": "host1",
        },
        {
          "path": "connections.host1",
          "value": "down",
        },
      ],
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
        "schedule": [
          "attach1.start",
          "detach1.start",
          "detach1.count_attachments",
          "attach1.attachment_create",
          "attach1.connect_volume",
          "attach1.attachment_complete",
          "detach1.disconnect_volume",
        ],
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
      },
      "verdict": "violated",
    }
  `);
});
