/**
 * A farmer takes a wolf, a goat and a cabbage over a river, one at a time, and never leaves the
 * goat alone with either of the others. Unsafe states are forbidden, not merely wrong. Source of
 * the counts: an independent explorer.
 */
import { spec } from 'racewright';

type Bank = 'left' | 'right';

interface River {
  readonly banks: { [name: string]: Bank };
}

const river = spec<River>();
const cargoes = ['wolf', 'goat', 'cabbage'];

/**
 * Whether everybody is safe when the farmer has crossed and taken `cargo` (nothing: undefined)
 * along.
 */
function isSafe(banks: River['banks'], cargo: string | undefined): boolean {
  const left = cargoes.filter((one) => one !== cargo && banks[one] === banks['farmer']);
  return !(left.includes('goat') && left.length > 1);
}

const other = (bank: Bank | undefined): Bank => (bank === 'left' ? 'right' : 'left');
const solved = 'all are on the right bank';

export const riverCrossing = river.scenario({
  name: 'river-crossing',
  about: 'Wolf, goat and cabbage: the solution is found as a counterexample of seven crossings.',
  system: () => ({
    init: () => ({ banks: { farmer: 'left', wolf: 'left', goat: 'left', cabbage: 'left' } }),
    actions: [undefined, ...cargoes].map((cargo) =>
      river.action({
        actor: 'farmer',
        name: cargo === undefined ? 'cross_alone' : `cross_with_${cargo}`,
        when: ({ banks }) =>
          (cargo === undefined || banks[cargo] === banks['farmer']) && isSafe(banks, cargo),
        do: ({ banks }) => {
          const bank = other(banks['farmer']);
          banks['farmer'] = bank;
          if (cargo !== undefined) banks[cargo] = bank;
        },
      }),
    ),
    properties: [
      river.never(solved, ({ banks }) => Object.values(banks).every((bank) => bank === 'right')),
    ],
  }),
  expect: [{ violates: { [solved]: 7 }, states: 10, generated: 21, levels: 8 }],
});
