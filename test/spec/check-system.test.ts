import { describe, expect, test } from 'vitest';
import { check, choice, SpecError, spec } from '../../src/index.ts';

interface World {
  n: number;
}
const world = spec<World>();
const flow = world.flow({ name: 'walk', steps: { go() {} } });
const tick = world.action({ name: 'tick', do() {} });
const blink = world.fault({ name: 'blink', do() {} });
const holds = world.always('it holds', () => true);
const cycle: { self?: unknown } = {};
cycle.self = cycle;

function complaint(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
  throw new Error('nothing was complained about');
}

/** The first line that is printed of a system that the types forbid. */
const refused = (system: unknown): string =>
  complaint(() =>
    check(
      world.scenario({
        name: 'odd',
        about: 'A mistake.',
        system: () => system as { init: () => World },
      }),
    ),
  ).split('\n')[0] ?? '';

const init = () => ({ n: 0 });

test.each<[string, unknown, string]>([
  ['is missing', undefined, 'its `system` returned undefined'],
  ['comes later', Promise.resolve({ init }), 'its system has no `init`'],
  ['does not begin', {}, 'its system has no `init`'],
  ['begins with a state', { init: { n: 0 } }, 'its system has no `init`'],
  ['has a misspelt field', { init, property: [holds] }, "there is no field of a system 'property'"],
  [
    'has a flow for a process',
    { init, processes: { p: flow } },
    "its process 'p' is a flow that is not started",
  ],
  ['has no process there', { init, processes: { p: undefined } }, "its process 'p' is undefined"],
  ['has a cycle there', { init, processes: { p: cycle } }, "its process 'p' is [object Object]"],
  ['lists its processes', { init, processes: ['p'] }, '`processes` is ["p"]'],
  ['has a flow for an action', { init, actions: [flow] }, "`actions` lists the flow 'walk'"],
  ['has a fault for an action', { init, actions: [blink] }, "`actions` lists the fault 'blink'"],
  ['has an action for a fault', { init, faults: [tick] }, "`faults` lists the action 'tick'"],
  ['names its actions', { init, actions: { n: 1 } }, '`actions` is {"n":1}'],
  [
    'has a function for a property',
    { init, properties: [() => true] },
    '`properties` lists a function',
  ],
  ['has a list in a list', { init, properties: [[holds]] }, '`properties` lists a list'],
  [
    'has part of a property',
    { init, properties: [world.every('n' as never, () => true)] },
    '`properties` lists the every',
  ],
  ['ends at an unknown place', { init, final: 'nowhere' }, "`final` is 'nowhere'"],
])('a system is refused that %s', (_what, system, said) => {
  expect(refused(system)).toBe(`scenario 'odd': ${said}`);
});

const expecting = (expect: unknown) => () =>
  world.scenario({
    name: 'odd',
    about: 'A mistake.',
    parameters: { lock: choice(['no', 'yes']) },
    system: () => ({ init }),
    expect: expect as never,
  });

test.each<[string, unknown, string]>([
  ['no list', {}, ': `expect` is {}'],
  ['a number', [3], ', expectation 1: it is 3'],
  [
    'of a misspelt field',
    [{ violate: {} }],
    ", expectation 1: there is no field of an expectation 'violate'",
  ],
  [
    'of a misspelt parameter',
    [{ given: { lok: 'yes' } }],
    ", expectation 1: the scenario has no parameter 'lok'",
  ],
  [
    'of a value that the parameter does not have',
    [{ given: { lock: 'yess' } }],
    ", expectation 1: the parameter 'lock' cannot be 'yess'",
  ],
  ['of a list of parameters', [{ given: ['lock'] }], ', expectation 1: `given` is ["lock"]'],
  [
    'of a point that another is about',
    [{}, { given: { lock: 'yes' } }, { given: { lock: 'no' } }],
    ', expectation 3: expectation 1 is about the same point',
  ],
  ['of half a state', [{ states: 0.5 }], ', expectation 1: `states` is 0.5'],
  ['of a list of properties', [{ violates: ['p'] }], ', expectation 1: `violates` is ["p"]'],
  [
    'of a property that is merely violated',
    [{ violates: { p: true } }],
    ", expectation 1: it expects 'p' to be violated after true steps",
  ],
])('an expectation is refused that is %s', (_what, expectations, said) => {
  expect(complaint(expecting(expectations)).split('\n')[0]).toBe(`scenario 'odd'${said}`);
});

test.each(['', ' ', false, null, 0])(
  'the value %j gives no reason why a point is refused',
  (given) => {
    const refusing = world.scenario({
      name: 'odd',
      about: 'A mistake.',
      system: () => ({ init }),
      refuses: () => given as never,
    });
    expect(complaint(() => check(refusing)).split('\n')[0]).toBe(
      `scenario 'odd', refuses: it returned ${typeof given === 'string' ? `'${given}'` : given} in place of a reason`,
    );
  },
);

test('a question for a label that its flow does not have is refused', () => {
  expect(flow.isAt(undefined, 'go')).toBe(false);
  expect(flow.isAt({ flow: 'walk', at: 'go', vars: {} }, 'go')).toBe(true);
  expect(flow.isAt({ flow: 'other', at: 'go', vars: {} }, 'go')).toBe(false);
  expect(flow.isAt({ flow: 'walk', at: 'done', vars: {} }, 'done')).toBe(true);
  expect(complaint(() => flow.isAt(undefined, 'goo' as 'go'))).toBe(
    "flow 'walk': it is asked for its label 'goo', which it does not have\nIts labels are go and done.",
  );
});

describe('what a system is made of is refused', () => {
  const odd = (text: object) => text as never;
  test.each<[string, () => unknown, string]>([
    [
      'a scenario without a system',
      () => world.scenario(odd({ name: 'odd', about: '' })),
      "scenario 'odd': it has no `system`",
    ],
    [
      'a scenario with a misspelt field',
      () => world.scenario(odd({ name: 'odd', expects: [] })),
      "scenario 'odd': there is no field of a scenario 'expects'",
    ],
    [
      'an action that does nothing',
      () => world.action(odd({ name: 'tick' })),
      "action 'tick': it has no `do`",
    ],
    [
      'an action with a misspelt guard',
      () => world.action(odd({ name: 'tick', wen() {}, do() {} })),
      "action 'tick': there is no field of one 'wen'",
    ],
    [
      'a fault that depends on a value',
      () => world.fault(odd({ name: 'blink', when: true, do() {} })),
      "fault 'blink': its `when` is no function",
    ],
    [
      'a flow without steps',
      () => world.flow(odd({ name: 'walk' })),
      "flow 'walk': it has no steps",
    ],
    [
      'a flow with a misspelt field',
      () => world.flow(odd({ name: 'walk', var: 1, steps: { go() {} } })),
      "flow 'walk': there is no field of a flow 'var'",
    ],
    [
      'a step that is a number',
      () => world.flow(odd({ name: 'walk', steps: { go: 3 } })),
      "flow 'walk', step 'go': it is no step",
    ],
    [
      'a step that only waits',
      () => world.flow(odd({ name: 'walk', steps: { go: { when() {} } } })),
      "flow 'walk', step 'go': it is no step",
    ],
    [
      'a step with a misspelt guard',
      () => world.flow(odd({ name: 'walk', steps: { go: { whne() {}, do() {} } } })),
      "flow 'walk', step 'go': there is no field of a step 'whne'",
    ],
  ])('a wrong part of a system is refused: %s', (_what, make, said) => {
    expect(complaint(make).split('\n')[0]).toBe(said);
  });
});
