/**
 * Bits that anybody may flip: 2^k states, 1 + k 2^k generated, k + 1 levels.
 * Source of the counts: the closed forms, which an independent explorer confirmed.
 */
import { range, spec } from 'racewright';

interface Bits {
  readonly bits: { [name: string]: boolean };
}

const model = spec<Bits>();

export const bits = model.scenario({
  name: 'bits',
  about: 'Every state is reachable from every other one: the hypercube.',
  parameters: { bits: range(1, 14, { default: 5 }) },
  system: ({ bits: count }) => {
    const names = Array.from({ length: count }, (_, i) => `b${i + 1}`);
    return {
      symmetry: { bits: names },
      init: () => ({ bits: Object.fromEntries(names.map((name) => [name, false])) }),
      actions: names.map((name) =>
        model.action({
          actor: name,
          name: 'flip',
          do: (state) => {
            state.bits[name] = !state.bits[name];
          },
        }),
      ),
    };
  },
  expect: [1, 2, 5, 10, 14].map((count) => ({
    given: { bits: count },
    states: 2 ** count,
    generated: 1 + count * 2 ** count,
    levels: count + 1,
    reason: 'the closed forms',
  })),
});
