import { describe, expect, test } from 'vitest';
import { check, type Property, SpecError, spec, weaklyFair } from '../../src/index.ts';

interface World {
  readonly jobs: { [id: string]: { done: boolean } };
  x: number;
  readonly none: { [id: string]: number };
}
const world = spec<World>();
const finish = world.flow({
  name: 'finish',
  steps: {
    go(state) {
      state.jobs['a'] = { done: true };
      state.x = 1;
    },
  },
});

/** One job of two gets done, and x becomes 1. */
const scenario = (...properties: readonly Property<World>[]) =>
  world.scenario({
    name: 'two-jobs',
    about: 'One job of two gets done.',
    system: () => ({
      init: () => ({ jobs: { a: { done: false }, b: { done: false } }, x: 0, none: {} }),
      processes: { p: finish.start() },
      properties,
    }),
  });

const answers = (...properties: readonly Property<World>[]) =>
  check(scenario(...properties))
    .properties.filter(({ kind }) => kind !== 'deadlock')
    .map(({ verdict, trace }) => [verdict, trace?.steps.length]);

describe('a body of several', () => {
  const ones = world.all({ x: ({ x }) => x === 1, late: ({ x }) => x > 1 });

  test('a body of several parts is reached where all of them are true at once', () => {
    expect(
      answers(
        world.reachable(
          'all are done',
          world.every('jobs', ({ done }) => done),
        ),
        world.reachable(
          'some are done',
          world.some('jobs', ({ done }) => done),
        ),
        world.reachable('both', ones),
        world.never('never both', ones),
        world.always(
          'one is open',
          world.some('jobs', ({ done }) => !done),
        ),
        world.never(
          'all are open',
          world.every('jobs', ({ done }) => !done),
        ),
      ),
    ).toEqual([
      ['violated', undefined],
      ['holds', 1],
      ['violated', undefined],
      ['holds', undefined],
      ['holds', undefined],
      ['violated', 0],
    ]);
  });

  test('a body of several parts may be a premise and a conclusion', () => {
    const done = world.some('jobs', ({ done: is }) => is);
    const [one, other] = check(
      scenario(
        world.always('done makes one', world.given(done, world.all({ x: ({ x }) => x === 1 }))),
        world.always(
          'done makes all done',
          world.given(
            done,
            world.every('jobs', 'is done', (job) => job.done),
          ),
        ),
      ),
    ).properties;
    expect(one).toMatchObject({ verdict: 'holds' });
    expect(other).toMatchObject({ verdict: 'violated', failingPart: 'is done (jobs.b)' });
  });
});

test('the ledger tells a premise that is never true, also one of a part', () => {
  const never = world.given(
    ({ x }) => x === 7,
    () => false,
  );
  const once = world.given(
    ({ x }) => x === 1,
    () => true,
  );
  const { ledger } = check(
    scenario(
      world.always('all of it', never),
      world.always('a part', world.all({ once, never })),
      world.always(
        'in turn',
        world.given(({ x }) => x === 0, once),
      ),
      world.always('both are', world.all({ once })),
    ),
  );
  expect(ledger.vacuous).toEqual([
    { property: 'all of it', reason: 'its premise never held' },
    { property: 'a part', reason: "the premise of 'never' never held" },
    // The inner premise is asked only where the outer one is true.
    { property: 'in turn', reason: 'its premise never held' },
  ]);
});

test('the ledger tells a `reachable` that is true because a table has no entries', () => {
  const { ledger, properties } = check(
    scenario(
      world.reachable(
        'all of none',
        world.every('none', (n) => n > 0),
      ),
      world.reachable(
        'all of two',
        world.every('jobs', ({ done }) => !done),
      ),
    ),
  );
  expect(properties.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds']);
  expect(ledger.vacuous).toEqual([
    { property: 'all of none', reason: "'none' has no entry where it is reached" },
  ]);
});

test('the ledger tells a property that comes to hold because a table never has entries', () => {
  const none = world.every('none', (n) => n > 0);
  const { ledger, properties } = check(
    scenario(
      world.eventually('all of none', none),
      world.eventuallyAlways('all of none stay', world.all({ none, x: ({ x }) => x === 1 })),
      world.leadsTo('x leads to all of none', ({ x }) => x === 1, none),
      world.eventually(
        'all of two',
        world.every('jobs', ({ done }) => !done),
      ),
    ),
  );
  expect(new Set(properties.map(({ verdict }) => verdict))).toEqual(new Set(['holds']));
  expect(ledger.vacuous.map(({ property, reason }) => [property, reason])).toEqual([
    ['all of none', "'none' never had an entry"],
    ['all of none stay', "'none' never had an entry"],
    ['x leads to all of none', "'none' never had an entry"],
  ]);
});

describe('steps', () => {
  const toggles = spec<{ on: boolean }>();
  const on = toggles.action({
    name: 'on',
    when: (state) => !state.on,
    do(state) {
      state.on = true;
    },
  });
  const off = toggles.action({
    name: 'off',
    when: (state) => state.on,
    do(state) {
      state.on = false;
    },
  });
  const asked = (fair: 'both' | 'none', ...properties: readonly Property<{ on: boolean }>[]) =>
    check(
      toggles.scenario({
        name: 'toggles',
        about: 'A light is switched on and off for ever.',
        system: () => ({
          init: () => ({ on: false }),
          actions: [on, off],
          fairness: fair === 'both' ? weaklyFair(on, off) : [],
          final: 'anywhere',
          properties,
        }),
      }),
    ).properties.map(({ verdict, trace }) => [verdict, trace?.schedule.join(' ')]);
  const step = { step: (_: unknown, { label }: { label: string }) => label === 'on' };

  test('steps that are taken for ever may differ', () => {
    expect(
      asked(
        'both',
        toggles.eventuallyAlways('in the end every step is an on', step),
        toggles.infinitelyOften('on is done again and again', step),
        toggles.eventually('on is done', step),
      ),
    ).toEqual([
      ['violated', 'on off'],
      ['holds', undefined],
      ['holds', undefined],
    ]);
  });

  test('a run that stands still takes no steps', () => {
    expect(
      asked(
        'none',
        toggles.eventuallyAlways('in the end every step is an on', step),
        toggles.infinitelyOften('on is done again and again', step),
        toggles.eventually('on is done', step),
      ),
    ).toEqual([
      ['violated', 'on off'],
      ['violated', ''],
      ['violated', ''],
    ]);
  });
});

describe('what is too much is refused', () => {
  const yes = () => true;
  test.each<[string, () => unknown, number]>([
    ['always', () => world.always('it', yes, ...([yes] as never as [])), 2],
    ['leadsTo', () => world.leadsTo('it', yes, yes, ...([yes] as never as [])), 3],
    ['given', () => world.given(yes, yes, ...([yes] as never as [])), 2],
    ['all', () => world.all({ one: yes }, ...([{ two: yes }] as never as [])), 1],
    ['some', () => world.some('jobs', yes, ...([yes] as never as [])), 2],
  ])('a model that is too large is refused by %s', (name, ask, most) => {
    expect(ask).toThrow(SpecError);
    expect(ask).toThrow(
      new RegExp(`^${name}\\(.*it got ${most + 1} arguments, and takes at most ${most}`),
    );
  });
});
