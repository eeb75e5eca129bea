import { describe, expect, test } from 'vitest';
import { check, type Property, Search, spec, weaklyFair } from '../../src/index.ts';

interface World {
  n: number;
  readonly switches: { [name: string]: number };
}

const world = spec<World>();
const isOn = ({ switches }: { readonly switches: World['switches'] }): boolean =>
  switches['only'] === 1;
const tick = world.action({
  name: 'tick',
  when: ({ n }) => n < 3,
  do: (state) => {
    state.n += 1;
  },
});
const after = { step: (_before: unknown, _action: unknown, next: World) => !isOn(next) };

/** Of each kind one, whose body alone reads a switch that no step reads or writes. */
const asked: { readonly [kind: string]: Property<World> } = {
  always: world.always('p', (state) => !isOn(state)),
  never: world.never('p', isOn),
  reachable: world.reachable('p', (state) => !isOn(state) && state.n === 3),
  'step, before': world.step('p', (before) => !isOn(before)),
  'step, after': world.step('p', (_before, _action, next) => !isOn(next)),
  eventually: world.eventually('p', (state) => isOn(state) || state.n === 3),
  eventuallyAlways: world.eventuallyAlways('p', (state) => !isOn(state)),
  infinitelyOften: world.infinitelyOften('p', (state) => !isOn(state)),
  'leadsTo, from': world.leadsTo('p', isOn, ({ n }) => n === 3),
  'leadsTo, to': world.leadsTo(
    'p',
    ({ n }) => n === 1,
    (state) => isOn(state) || state.n === 3,
  ),
  'infinitelyOften, a step': world.infinitelyOften('p', after),
};

describe('the slots that a search says were read', () => {
  test.each(Object.entries(asked))(
    'the slots that a search says were read include what only %s reads',
    (_kind, property) => {
      const scenario = world.scenario({
        name: 'reads',
        about: '',
        system: () => ({
          init: () => ({ n: 0, switches: { only: 0, unread: 0 } }),
          actions: [tick],
          final: 'anywhere',
          fairness: weaklyFair(tick),
          properties: [property],
        }),
      });
      const search = new Search(scenario);
      while (!search.advance(1000));
      search.result();
      expect([...search.slotsRead()]).toContain('switches.only');
      expect([...search.slotsRead()]).not.toContain('switches.unread');
    },
  );
});

describe('a property about states', () => {
  test('a property about states is asked again after a step that could not change it when it was first asked', () => {
    const bits = spec<{ a: number; b: number }>();
    const scenario = bits.scenario({
      name: 'bits',
      about: '',
      system: () => ({
        init: () => ({ a: 0, b: 0 }),
        actions: [
          // It writes what the property does not read yet, and leaves no other way to the state in
          // which it fails.
          bits.action({
            name: 'raise',
            do(state) {
              state.b = 1;
            },
          }),
          bits.action({
            name: 'allow',
            when: ({ b }) => b === 0,
            do(state) {
              state.a = 1;
            },
          }),
        ],
        final: 'anywhere',
        properties: [bits.never('both', (state) => state.a === 1 && state.b === 1)],
      }),
    });
    const [property] = check(scenario).properties;
    expect([property?.verdict, property?.trace?.steps.map(({ label }) => label)]).toEqual([
      'violated',
      ['allow', 'raise'],
    ]);
  });
});
