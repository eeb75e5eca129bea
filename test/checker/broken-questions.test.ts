import { describe, expect, test } from 'vitest';
import { check, type Property } from '../../src/index.ts';
import { complaint, type World, world } from './broken-model.ts';

describe('S21: a property that depends on a variable outside', () => {
  const asking = (property: () => Property<World>) =>
    world.scenario({
      name: 'asking',
      about: 'A number that goes up to 9, and a question about it.',
      system: () => ({
        init: () => ({ volumes: {}, turn: 0 }),
        actions: [
          world.action({
            name: 'count',
            when: ({ turn }) => turn < 9,
            do: (state) => {
              state.turn += 1;
            },
          }),
        ],
        properties: [property()],
        final: 'anywhere',
      }),
    });
  const counting = (most: number) => {
    let calls = 0;
    return () => {
      calls += 1;
      return calls < most;
    };
  };

  test.each(['adaptive', 'off'] as const)(
    'S21: a property that depends on a variable outside is found when it is first asked, memo %s',
    (memo) => {
      const answers = [
        asking(() => world.always('odd calls', counting(2))),
        asking(() => world.step('odd calls', counting(2))),
        asking(() => world.eventually('odd calls', counting(2))),
      ].map((scenario) => complaint(() => check(scenario, { memo })));
      expect(answers).toEqual(answers.map(() => answers[1]));
      expect(answers[0]).toMatchInlineSnapshot(`
      "property 'odd calls': uncontrolled nondeterminism: asked twice about the same state, it gave two answers
      A property may depend on nothing but the state: look for a variable outside that changes."
    `);
    },
  );

  test('S21: a property that depends on a variable outside is found by asking again about a sample of states', () => {
    const scenario = asking(() => world.always('few calls', counting(5)));
    expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
      "property 'few calls': uncontrolled nondeterminism: asked twice about the same state, it gave two answers
      A property may depend on nothing but the state: look for a variable outside that changes."
    `);
  });
});

test('S22: a property that throws gives no verdict at all', () => {
  const scenario = world.scenario({
    name: 'throwing',
    about: 'A property that cannot be evaluated.',
    system: () => ({
      init: () => ({ volumes: {}, turn: 0 }),
      properties: [
        world.always(
          'every volume is free',
          (state) =>
            (state.volumes as Record<string, { status: string }>)['v1']?.status.length ===
            (undefined as never as string).length,
        ),
      ],
    }),
  });
  expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
    "scenario 'throwing', property 'every volume is free': it threw TypeError: Cannot read properties of undefined (reading 'length')
    …"
  `);
});

const broken = (state: { readonly turn: number }) => {
  if (state.turn === 2) throw new RangeError('too far');
  return true;
};

const counting = (property: Property<World>) =>
  world.scenario({
    name: 'counting',
    about: 'A number that goes up to 3, and a property that fails to answer on the way.',
    system: () => ({
      init: () => ({ volumes: { v1: { status: 'in-use' } }, turn: 0 }),
      actions: [
        world.action({
          name: 'count',
          when: ({ turn }) => turn < 3,
          do: (state) => {
            state.turn += 1;
          },
        }),
      ],
      properties: [world.never('three', ({ turn }) => turn === 3), property],
      final: 'anywhere',
    }),
  });

type Ask = (state: { readonly turn: number }) => boolean;

const asked: Record<string, (ask: Ask) => Property<World>> = {
  always: (ask) => world.always('p', ask),
  never: (ask) => world.never('p', ask),
  reachable: (ask) => world.reachable('p', ask),
  step: (ask) => world.step('p', (_before, _action, after) => ask(after)),
  eventually: (ask) => world.eventually('p', (state) => ask(state)),
  infinitelyOften: (ask) => world.infinitelyOften('p', (state) => ask(state)),
  'a step again': (ask) => world.infinitelyOften('p', { step: (_, __, after) => ask(after) }),
  eventuallyAlways: (ask) => world.eventuallyAlways('p', (state) => ask(state)),
  'leads from': (ask) =>
    world.leadsTo(
      'p',
      (state) => ask(state),
      () => false,
    ),
  'leads to': (ask) =>
    world.leadsTo(
      'p',
      () => true,
      (state) => ask(state),
    ),
  'each leads from': (ask) =>
    world.eachLeadsTo(
      'p',
      'volumes',
      (_, __, state) => ask(state),
      () => false,
    ),
  every: (ask) =>
    world.always(
      'p',
      world.every('volumes', (_, __, state) => ask(state)),
    ),
  some: (ask) =>
    world.never(
      'p',
      world.some('volumes', (_, __, state) => ask(state)),
    ),
  part: (ask) => world.always('p', world.all({ one: () => true, two: (state) => ask(state) })),
  premise: (ask) =>
    world.always(
      'p',
      world.given(
        (state) => ask(state),
        () => true,
      ),
    ),
  conclusion: (ask) =>
    world.always(
      'p',
      world.given(
        () => true,
        (state) => ask(state),
      ),
    ),
};

// What keeps a property undecided until the third state is reached.
const waiting = new Set(['never', 'reachable', 'some']);

test.each(Object.keys(asked))(
  'a question that throws, or answers neither true nor false, gives no verdict at all: %s',
  (kind) => {
    const make = asked[kind] ?? world.always.bind(world, 'p');
    const throwing: Ask = (state) => broken(state) && !waiting.has(kind);
    expect(complaint(() => check(counting(make(throwing))))).toMatch(
      /property 'p'.*: it threw RangeError: too far\n/,
    );
    const vague: Ask = (state) => (state.turn === 2 ? (2 as unknown as boolean) : throwing(state));
    expect(complaint(() => check(counting(make(vague))))).toMatch(
      /property 'p'.*: a guard or property answered 2\nAnswer true or false/,
    );
  },
);

test('a property that answers neither true nor false is refused', () => {
  const scenario = world.scenario({
    name: 'vague',
    about: 'A property that answers with a value.',
    system: () => ({
      init: () => ({ volumes: {}, turn: 0 }),
      properties: [world.always('something', (state) => state.turn as unknown as boolean)],
    }),
  });
  expect(complaint(() => check(scenario))).toMatchInlineSnapshot(`
    "scenario 'vague', property 'something': a guard or property answered 0
    Answer true or false."
  `);
});
