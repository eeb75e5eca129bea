import { expect, test } from 'vitest';
import { check, type Property, type System, stronglyFair, weaklyFair } from '../../src/index.ts';
import { complaint, type World, world } from './broken-model.ts';

const known = world.action({ actor: 'admin', name: 'reset', do() {} });

const blink = world.fault({ name: 'blink', do() {} });

const flow = world.flow({ name: 'detach', steps: { begin() {}, end() {} } });

const asking = (system: Partial<System<World>>) =>
  world.scenario({
    name: 'asking',
    about: 'A question about something that is not there.',
    system: () => ({
      init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
      processes: { detach1: flow.start() },
      actions: [known],
      faults: [blink],
      final: 'anywhere',
      ...system,
    }),
  });

test('fairness of an action that the system does not have is refused with its actions', () => {
  const reset = world.action({ name: 'reset', do() {} });
  expect(complaint(() => check(asking({ fairness: weaklyFair(reset) })))).toMatchInlineSnapshot(`
    "scenario 'asking', fairness: it is asked for the action 'reset', which the system does not have
    It has admin.reset, fault.blink."
  `);
  const none = { actions: [], faults: [], fairness: stronglyFair(known) };
  expect(complaint(() => check(asking(none)))).toMatchInlineSnapshot(`
    "scenario 'asking', fairness: it is asked for the action 'admin.reset', which the system does not have
    It has none."
  `);
});

test('fairness of a label that the flow does not have is refused with its labels', () => {
  // The types forbid it; a scenario in JavaScript can do it.
  const fairness = weaklyFair(flow.at('middle' as 'end'));
  expect(complaint(() => check(asking({ fairness })))).toMatchInlineSnapshot(`
    "scenario 'asking', fairness: it is asked for the label 'middle', which flow 'detach' does not have
    Its labels are begin, end."
  `);
});

// The types forbid all of these, but the command line does not type-check a file that it runs.
test.each<[string, unknown, string]>([
  ['a word that is none', weaklyFair('proceses' as 'processes'), "it is asked for 'proceses'"],
  ['nothing', weaklyFair(undefined as never), 'it is asked for undefined'],
  ['a process', weaklyFair(flow.start() as never), 'it is asked for an object'],
])('fairness of %s is refused with the values that may be fair', (_name, fairness, what) => {
  expect(complaint(() => check(asking({ fairness: fairness as [] })))).toBe(
    `scenario 'asking', fairness: ${what}\n` +
      "Name 'processes' (each of them), 'anything' (all of them together), a flow, flow.at(label), allBut(flow) or an action.",
  );
});

test.each<[string, unknown, string]>([
  ['a unit in place of an assumption', ['processes'], "it lists 'processes'"],
  ['the function itself', [weaklyFair], 'it lists a function'],
  ['no list', 'processes', "it is 'processes', not a list"],
])('fairness in the form of %s is refused with the right form', (_name, fairness, what) => {
  expect(complaint(() => check(asking({ fairness: fairness as [] })))).toBe(
    `scenario 'asking', fairness: ${what}\n` +
      "Write fairness: weaklyFair('processes'), or a list of what weaklyFair and stronglyFair return.",
  );
});

test.each<[string, Property<World>]>([
  [
    'every',
    world.always(
      'all are free',
      world.every('turn' as 'volumes', () => true),
    ),
  ],
  [
    'some',
    world.never(
      'one is free',
      world.some('volume' as 'volumes', () => true),
    ),
  ],
  [
    'each',
    world.eachLeadsTo(
      'all go',
      'volume' as 'volumes',
      () => true,
      () => true,
    ),
  ],
])(
  'a table that the state does not have, asked for %s entry, is refused with the tables of the state',
  (_name, property) => {
    const text = complaint(() => check(asking({ properties: [property] })));
    expect(text.split('\n')[1]).toBe(
      "The tables are 'volumes': fields that are records by id in the initial state.",
    );
    expect(text).toContain(`property '${property.name}'`);
  },
);
