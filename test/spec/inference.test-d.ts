import { expectTypeOf, test } from 'vitest';
import { choice, type Property, range, spec } from '../../src/index.ts';

interface Cloud {
  volumes: Record<string, { status: 'in-use' | 'detaching'; attachments: string[] }>;
  turn: number;
}

const cloud = spec<Cloud>();

test('a jump to a label that does not exist does not compile', () => {
  cloud.flow({
    name: 'detach',
    steps: {
      // @ts-expect-error: 'rol_detaching' is not a label
      driver_detach: () => 'rol_detaching',
      roll_detaching() {},
    },
  });
});

test('a jump to a label, to done, or none at all compiles', () => {
  cloud.flow({
    name: 'detach',
    steps: {
      driver_detach(state) {
        if (state.turn === 0) return 'roll_detaching';
        if (state.turn === 1) return 'done';
      },
      roll_detaching() {},
    },
  });
});

test('the parameters of start are those of vars', () => {
  const detach = cloud.flow({
    name: 'detach',
    vars: (server: string, tries: number) => ({ server, tries }),
    steps: {
      begin(_state, self) {
        expectTypeOf(self.server).toEqualTypeOf<string>();
        expectTypeOf(self.tries).toEqualTypeOf<number>();
        expectTypeOf(self.pid).toEqualTypeOf<string>();
        // @ts-expect-error: no such variable
        self.volume;
        // @ts-expect-error: the id of a process is not its own to change
        self.pid = 'other';
      },
    },
  });
  detach.start('vm', 3);
  // @ts-expect-error: the second argument is a number
  detach.start('vm', 'three');
  // @ts-expect-error: an argument is missing
  detach.start('vm');
});

test('a guard cannot change the state or the variables', () => {
  cloud.flow({
    name: 'detach',
    vars: () => ({ tries: 0 }),
    steps: {
      wait: {
        when: (state, self) => {
          // @ts-expect-error: a guard only looks
          state.turn = 1;
          // @ts-expect-error: a guard only looks
          self.tries = 1;
          // @ts-expect-error: a guard only looks
          state.volumes['v1']?.attachments.push('a');
          return true;
        },
        do: () => {},
      },
    },
  });
});

test('a field that the state does not have does not compile', () => {
  cloud.action({
    name: 'tick',
    do: (state) => {
      // @ts-expect-error: it is called turn
      state.tunr = 1;
      // @ts-expect-error: not one of the statuses
      state.volumes['v1'] = { status: 'detached', attachments: [] };
    },
  });
});

test('a pick has the type of its options', () => {
  cloud.action({
    name: 'guest',
    do: (_state, pick) => {
      expectTypeOf(pick('guest', ['releases', 'refuses'])).toEqualTypeOf<'releases' | 'refuses'>();
    },
  });
});

test('a property cannot change the state, and asks about known tables', () => {
  cloud.always('all is well', (state) => {
    // @ts-expect-error: a property only looks
    state.turn = 2;
    return state.turn >= 0;
  });
  cloud.every('volumes', (volume, id) => {
    expectTypeOf(volume.status).toEqualTypeOf<'in-use' | 'detaching'>();
    expectTypeOf(id).toEqualTypeOf<string>();
    return true;
  });
  // @ts-expect-error: turn is not a table
  cloud.every('turn', () => true);
});

test('parameters have the types of their values', () => {
  cloud.scenario({
    name: 'typed',
    about: 'Parameters reach the system with their types.',
    parameters: { lock: choice(['none', 'both']), attaches: range(0, 3) },
    system: ({ lock, attaches }) => {
      expectTypeOf(lock).toEqualTypeOf<'none' | 'both'>();
      expectTypeOf(attaches).toEqualTypeOf<number>();
      return { init: () => ({ volumes: {}, turn: attaches }) };
    },
    expect: [
      { given: { lock: 'both' } },
      // @ts-expect-error: not a value of lock
      { given: { lock: 'attach' } },
    ],
  });
});

test('the default of a choice is one of its values', () => {
  // @ts-expect-error: 'all' is not offered
  choice(['none', 'both'], { default: 'all' });
});

test('an expectation names properties that are asked', () => {
  cloud.scenario({
    name: 'expected',
    about: 'Expectations are about the properties of the system.',
    parameters: { lock: choice(['none', 'both']) },
    system: ({ lock }) => ({
      init: () => ({ volumes: {}, turn: lock === 'none' ? 0 : 1 }),
      properties: [
        cloud.always('it turns', ({ turn }) => turn > 0),
        cloud.reachable('it has turned', ({ turn }) => turn > 1),
      ],
    }),
    expect: [
      { violates: { 'it turns': 3, 'every run can go on until it is done': null } },
      // @ts-expect-error: it is called 'it turns'
      { violates: { 'it turnns': 3 } },
    ],
  });
  const some: readonly Property<Cloud>[] = [];
  cloud.scenario({
    name: 'listed',
    about: 'What is in a list of properties is not known before it runs.',
    system: () => ({ init: () => ({ volumes: {}, turn: 0 }), properties: some }),
    expect: [{ violates: { 'any of them': 3 } }],
  });
});

test('a label is one of its flow', () => {
  const detach = cloud.flow({ name: 'detach', steps: { begin() {}, end() {} } });
  cloud.always('it is not at its end', (_state, processes) =>
    detach.isAt(processes['d1'], 'end') ? detach.isAt(processes['d1'], 'done') : true,
  );
  // @ts-expect-error: it is called 'begin'
  detach.isAt(undefined, 'begn');
  // @ts-expect-error: it is called 'begin'
  detach.at('begn');
});

test('a body has a form that its kind of property can ask', () => {
  const small = cloud.every('volumes', ({ status }) => status === 'in-use');
  const given = cloud.given(({ turn }) => turn > 0, small);
  cloud.reachable('all are in use', small);
  cloud.never('both', cloud.all({ small, late: ({ turn }) => turn > 1 }));
  cloud.always('late ones are in use', given);
  cloud.eventuallyAlways('in the end', {
    step: (before, _action, after) => before.turn < after.turn,
  });
  // @ts-expect-error: a premise is asked for with always
  cloud.never('late ones are in use', given);
  // @ts-expect-error: always asks about states
  cloud.always('it goes on', { step: () => true });
  // @ts-expect-error: a test of steps stands by itself
  cloud.step('it goes on', { step: () => true });
  // @ts-expect-error: not a test
  cloud.eventually('it happens', 'turn');
});

test('actions, faults and properties of another state do not fit', () => {
  const other = spec<{ doors: Record<string, boolean> }>();
  cloud.scenario({
    name: 'mixed',
    about: 'Everything in a scenario speaks of one state.',
    system: () => ({
      init: () => ({ volumes: {}, turn: 0 }),
      // @ts-expect-error: an action on doors
      actions: [other.action({ name: 'open', do: () => {} })],
      // @ts-expect-error: a property of doors
      properties: [other.always('shut', () => true)],
    }),
  });
});
