import { describe, expect, test } from 'vitest';
import { check, replay, SpecError, type System, spec } from '../../src/index.ts';

interface State {
  n: number;
}
const s = spec<State>();

const scenarioOf = (system: Partial<System<State>>) =>
  s.scenario({
    name: 'namesakes',
    about: '',
    system: () => ({ init: () => ({ n: 0 }), final: 'anywhere', ...system }),
  });

const clerk = s.flow({
  name: 'clerk',
  steps: {
    lock(state) {
      state.n = 1;
    },
  },
});
const lock = (actor?: string, name = 'lock') =>
  s.action({
    ...(actor === undefined ? {} : { actor }),
    name,
    when: (state) => state.n < 2,
    do(state) {
      state.n += 1;
    },
  });
const crash = s.fault({
  name: 'crash',
  do(state) {
    state.n = 9;
  },
});

/** The SpecError with which a check ends. */
function complaint(system: Partial<System<State>>): string {
  try {
    check(scenarioOf(system));
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error('the system was not refused');
}

describe('two steps of one word are refused, and both are named:', () => {
  test('two steps of one schedule entry are refused with both names: a step of a process and an action', () => {
    expect(
      complaint({ processes: { ann: clerk.start() }, actions: [lock('ann')] }),
    ).toMatchInlineSnapshot(`
      "scenario 'namesakes': two steps have the same schedule entry 'ann.lock': step 'lock' of process 'ann' (flow 'clerk'), and action 'lock' of actor 'ann'
      Rename one, so that a schedule and a property about steps can tell them apart."
    `);
  });

  test('two steps of one schedule entry are refused with both names: a step of a process that starts later, when it starts', () => {
    const hires = s.action({
      name: 'hire',
      when: (state) => state.n === 0,
      do(_state, _pick, processes) {
        processes.start('ann', clerk.start());
      },
    });
    expect(complaint({ actions: [hires, lock('ann')] })).toMatchInlineSnapshot(`
      "scenario 'namesakes', action 'hire': two steps have the same schedule entry 'ann.lock': step 'lock' of process 'ann' (flow 'clerk'), and action 'lock' of actor 'ann'
      Rename one, so that a schedule and a property about steps can tell them apart."
    `);
  });

  test('two steps of one schedule entry are refused with both names: a step of a process called fault and a fault, also where its budget is 0', () => {
    const breaks = s.flow({ name: 'breaks', steps: { crash() {} } });
    for (const times of [0, 1])
      expect(
        complaint({ processes: { fault: breaks.start() }, faults: [crash.atMost(times)] }),
      ).toMatch(
        "'fault.crash': step 'crash' of process 'fault' (flow 'breaks'), and fault 'crash'",
      );
  });

  test('two steps of one schedule entry are refused with both names: an action of an actor called fault and a fault', () => {
    expect(complaint({ actions: [lock('fault', 'crash')], faults: [crash] })).toMatch(
      "'fault.crash': action 'crash' of actor 'fault', and fault 'crash'",
    );
  });

  test('two steps of one schedule entry are refused with both names: two actions', () => {
    expect(complaint({ actions: [lock('ann'), lock('ann')] })).toMatch(
      "'ann.lock': action 'lock' of actor 'ann', and action 'lock' of actor 'ann'",
    );
  });
});

test('schedule entries quote names with dots in them, so that they name one step', () => {
  const scenario = scenarioOf({
    actions: [
      lock('a.b', 'c'),
      lock('a', 'b.c'),
      lock(undefined, 'a.b.c'),
      lock('the bank', 'opens'),
    ],
  });
  expect(() => replay(scenario, ['a.b.c'])).toThrow(`Enabled there:
  "a.b".c
  a."b.c"
  "a.b.c"
  the bank.opens`);
});

test('empty names are refused', () => {
  const empty = (what: string) => `the name of ${what} cannot be ''`;
  expect(() => lock('ann', '')).toThrow(empty('an action'));
  expect(() => lock('')).toThrow(empty('an actor'));
  expect(() => s.fault({ name: '', do() {} })).toThrow(empty('a fault'));
  expect(() => s.flow({ name: '', steps: { a() {} } })).toThrow(empty('a flow'));
  expect(() => s.flow({ name: 'f', steps: { ''() {} } })).toThrow(empty('a label'));
  expect(complaint({ processes: { '': clerk.start() } })).toMatch('a process has an empty id');
});

test('a schedule may quote a name that needs no quotes', () => {
  const scenario = scenarioOf({ processes: { ann: clerk.start() } });
  expect(replay(scenario, ['"ann"."lock"']).schedule).toEqual(['ann.lock']);
});
