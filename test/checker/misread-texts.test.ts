import { expect, test } from 'vitest';
import { check, type System } from '../../src/index.ts';
import { complaint, taking, type World, world } from './broken-model.ts';

const told = (system: Partial<System<World>>) =>
  complaint(() =>
    check(
      world.scenario({
        name: 'told',
        about: 'A text that says two things at once.',
        system: () => ({
          init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
          final: 'anywhere' as const,
          ...system,
        }),
      }),
    ),
  );

test('two properties of one name are refused', () => {
  const twins = [
    world.always('it stays', ({ turn }) => turn === 0),
    world.reachable('it stays', ({ turn }) => turn === 7),
  ];
  expect(told({ properties: twins })).toMatchInlineSnapshot(`
    "scenario 'told': it has two properties called 'it stays'
    Give each a sentence of its own."
  `);
  const reserved = world.always('every run can go on until it is done', () => true);
  expect(told({ properties: [reserved] })).toMatchInlineSnapshot(`
    "scenario 'told': it has two properties called 'every run can go on until it is done', which is the name of the check for deadlocks
    Give each a sentence of its own."
  `);
});

test.each([3, [5], null])('a table that is %j in another initial state is refused', (volumes) => {
  const odd = { volumes: volumes as unknown as World['volumes'], turn: 0 };
  const init = () => [{ volumes: {}, turn: 0 }, odd];
  expect(told({ init }).replace(JSON.stringify(volumes), '…')).toBe(
    "scenario 'told': the field 'volumes' is a table in one initial state and … in another\n" +
      'Give every initial state a record there; it may be empty.',
  );
});

test('an entry with a name that every object has is refused', () => {
  const build = world.action({
    name: 'build',
    do: (state) => {
      state.volumes['constructor'] = { status: 'building' };
    },
  });
  expect(told({ actions: [build] })).toMatchInlineSnapshot(`
    "scenario 'told', action 'build': volumes.constructor has a name that JavaScript gives to something else
    Give the entry another name."
  `);
  const init = () => ({ volumes: { valueOf: { status: 'in-use' } }, turn: 0 });
  expect(told({ init: init as unknown as System<World>['init'] })).toMatchInlineSnapshot(`
    "scenario 'told', init: volumes.valueOf has a name that JavaScript gives to something else
    Give the entry another name."
  `);
});

test.each(['async', 'generator'])('a step of a flow with that name (%s) is refused', (kind) => {
  const body = kind === 'async' ? async () => undefined : function* () {};
  const scenario = taking(body);
  expect(complaint(() => check(scenario))).toBe(
    `scenario 'broken', flow 'detach', step 'driver_detach': it returned a ${kind === 'async' ? 'Promise' : 'Generator'}, so it has not done all of its work\n` +
      'A step happens at once: remove `async` or `*`, and make several steps where the model has to wait.',
  );
});

test('an asynchronous guard is refused', () => {
  const flow = world.flow({
    name: 'later',
    steps: { take: { when: (async () => true) as unknown as () => boolean, do() {} } },
  });
  expect(told({ processes: { p: flow.start() } })).toMatchInlineSnapshot(`
    "scenario 'told', flow 'later', step 'take': a guard or property answered a Promise
    Answer true or false: remove \`async\` or \`*\`."
  `);
});

test('an action that goes on after its step has ended is refused', () => {
  const later = world.action({
    name: 'later',
    do: async (state) => {
      await null;
      state.turn = 1;
    },
  });
  expect(told({ actions: [later] })).toMatchInlineSnapshot(`
    "scenario 'told', action 'later': it returned a Promise, so it has not done all of its work
    A step happens at once: remove \`async\` or \`*\`, and make several steps where the model has to wait."
  `);
  const bit = world.action({
    name: 'bit_by_bit',
    // The types take every return value for nothing.
    *do(state: { turn: number }) {
      yield;
      state.turn = 1;
    },
  } as unknown as Parameters<typeof world.action>[0]);
  expect(told({ actions: [bit] })).toMatchInlineSnapshot(`
    "scenario 'told', action 'bit_by_bit': it returned a Generator, so it has not done all of its work
    A step happens at once: remove \`async\` or \`*\`, and make several steps where the model has to wait."
  `);
});
