import { type Scenario, spec } from '../../src/index.ts';

const places = spec<{ at: number }>();
const go = (from: number, to: number) =>
  places.action({
    name: `from ${from} to ${to}`,
    when: ({ at }) => at === from,
    do: (state) => {
      state.at = to;
    },
  });

interface Variant {
  readonly start?: readonly number[];
  readonly isWithin?: (at: number) => boolean;
  /** The expected length of a shortest counterexample. */
  readonly expected?: number;
}

/** A way of four steps into a forbidden place, and one of two steps by way of place 100. */
export const detour = ({ start = [0], isWithin, expected }: Variant): Scenario =>
  places.scenario({
    name: 'detour',
    about: 'Two ways into one place.',
    system: () => ({
      init: () => start.map((at) => ({ at })),
      actions: [go(0, 1), go(1, 2), go(2, 3), go(3, 9), go(0, 100), go(100, 9)],
      final: 'anywhere',
      ...(isWithin === undefined ? {} : { within: ({ at }) => isWithin(at) }),
      properties: [places.never('nine is reached', ({ at }) => at === 9)],
    }),
    expect: expected === undefined ? [] : [{ violates: { 'nine is reached': expected } }],
  });
