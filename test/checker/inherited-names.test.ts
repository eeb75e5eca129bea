import { describe, expect, test } from 'vitest';
import { check, choice, SpecError, spec } from '../../src/index.ts';

interface State {
  n: number;
  word: string;
  entries: { [id: string]: { [key: string]: number } };
}
const s = spec<State>();

/** The kinds of names. Processes and entries of tables cannot have an inherited one. */
const roles = ['property', 'parameter', 'fault', 'action', 'flow', 'label', 'option', 'key'];

/** A system in which `name` stands for one thing, and everything else has a name of its own. */
function scenarioOf(role: string, name: string) {
  const called = (other: string) => (other === role ? name : `the ${other}`);
  const parameter = role === 'parameter' ? name : 'lock';
  const flow = s.flow({
    name: called('flow'),
    steps: {
      [called('label')](state: State, _self: object, pick: (of: string, all: string[]) => string) {
        state.word = pick('of', [called('option'), 'another']);
        const entry = state.entries['e'];
        if (entry !== undefined) entry[called('key')] = 1;
      },
    },
  });
  const fault = s.fault({
    name: called('fault'),
    do(state) {
      state.n += 1;
    },
  });
  const action = s.action({
    name: called('action'),
    when: ({ n }) => n === 1,
    do(state) {
      state.n = 5;
    },
  });
  return s.scenario({
    name: 'named',
    about: '',
    parameters: { [parameter]: choice(['no', 'yes']) },
    system: (point) => ({
      init: () => ({ n: 0, word: `${point[parameter]}`, entries: { e: { other: 0 } } }),
      processes: { ann: flow.start() },
      actions: [action],
      faults: [fault],
      properties: [
        s.always(called('property'), ({ n }) => n < 5),
        s.always('the word stays', ({ word }) => word === 'no'),
      ],
    }),
    expect: [{ violates: { 'the word stays': 1 } }],
  });
}

/** A result in which every name is the same. */
function answerOf(role: string, name: string) {
  return JSON.parse(JSON.stringify(check(scenarioOf(role, name))).replaceAll(name, 'plain'));
}

/** The budget of a fault is an entry of a table. A parameter is assigned to a record. */
const isRefused = (role: string, name: string) =>
  role === 'fault' || (role === 'parameter' && name === '__proto__');

const inherited = Object.getOwnPropertyNames(Object.prototype);

describe.each(roles)('a %s', (role) => {
  // Assigning to this key of a record does nothing in JavaScript.
  const names = inherited.filter((name) => role !== 'key' || name !== '__proto__');
  const [refused, allowed] = [true, false].map((is) =>
    names.filter((name) => isRefused(role, name) === is),
  ) as [string[], string[]];

  test.each(allowed)(
    'a name of every object may be called %s, and the answer is the same',
    (name) => {
      expect(answerOf(role, name)).toEqual(answerOf(role, 'plain'));
    },
  );

  test.each(refused)('a name of every object is refused where it is called %s', (name) => {
    expect(() => check(scenarioOf(role, name))).toThrow(SpecError);
  });
});
