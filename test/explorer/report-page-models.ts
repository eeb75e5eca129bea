/** A model whose names are markup, of any length, or turn the line around. */
export const hostile = `
import { spec } from 'racewright';

const names = ['<script>alert(1)</script>', '"><img src=x onerror=alert(2)>', '\\u202egnorw', 'n'.repeat(10_000), "it's & so on"];
const { scenario, flow, always, action, every } = spec();

export const hostileNames = scenario({
  name: 'hostile-names',
  about: 'Names that are <b>markup</b>, or \\u202eturn the line around.',
  system: () => ({
    init: () => ({ things: Object.fromEntries(names.map((name) => [name, { value: '</script><script>alert(3)</script>' }])) }),
    actions: names.map((name) => action({
      actor: name,
      name: '<i>' + name,
      when: ({ things }) => name in things,
      do: (state, pick) => { pick('<u>', ['<s>']); delete state.things[name]; },
    })),
    properties: [always('<b>nothing</b> is "gone" \\u202eereh', ({ things }) => Object.keys(things).length === names.length)],
    final: 'anywhere',
  }),
});
`;

/** A model whose only counterexample has ten thousand steps. */
export const long = `
import { range, spec } from 'racewright';

const { scenario, always, action } = spec();

export const longWay = scenario({
  name: 'long-way',
  about: 'A counter that goes wrong late.',
  system: () => ({
    init: () => ({ counter: 0 }),
    actions: [action({ actor: 'clock', name: 'tick', do: (state) => { state.counter += 1; } })],
    properties: [always('it stays below ten thousand', ({ counter }) => counter < 10_000)],
    final: 'anywhere',
  }),
});
`;

/** Scenarios of one name, told apart by how far they count. */
export const twins = `
import { spec } from 'racewright';

const world = spec();
export const twin = (most) => world.scenario({
  name: 'twin',
  about: 'counts to ' + most,
  system: () => ({
    init: () => ({ n: 0 }),
    actions: [world.action({ actor: 'clock', name: 'tick' + most, when: ({ n }) => n < most, do: (state) => { state.n += 1; } })],
    properties: [world.always('n stays small', ({ n }) => n < most)],
    final: 'anywhere',
  }),
});
`;
