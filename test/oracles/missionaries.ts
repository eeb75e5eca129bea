/**
 * Three missionaries and three cannibals, a boat for two; on no bank may cannibals outnumber
 * missionaries who are there. Source of the counts: an independent explorer and TLC (its trace has
 * 12 states).
 */
import { spec } from 'racewright';

interface Crossing {
  /** Of those who began on the left bank, how many are there now. */
  missionaries: number;
  cannibals: number;
  boat: 'left' | 'right';
}

const model = spec<Crossing>();

const loads = [
  [1, 0],
  [2, 0],
  [0, 1],
  [0, 2],
  [1, 1],
] as const;

const isSafe = (missionaries: number, cannibals: number): boolean =>
  missionaries >= 0 &&
  missionaries <= 3 &&
  cannibals >= 0 &&
  cannibals <= 3 &&
  (missionaries === 0 || missionaries >= cannibals) &&
  (missionaries === 3 || 3 - missionaries >= 3 - cannibals);

const solved = 'all have crossed';

export const missionaries = model.scenario({
  name: 'missionaries',
  about:
    'Missionaries and cannibals: the solution is found as a counterexample of eleven crossings.',
  system: () => ({
    init: () => ({ missionaries: 3, cannibals: 3, boat: 'left' }),
    actions: loads.map(([m, c]) =>
      model.action({
        name: `cross_${m}_${c}`,
        when: (state) => {
          const sign = state.boat === 'left' ? -1 : 1;
          return isSafe(state.missionaries + sign * m, state.cannibals + sign * c);
        },
        do: (state) => {
          const sign = state.boat === 'left' ? -1 : 1;
          state.missionaries += sign * m;
          state.cannibals += sign * c;
          state.boat = state.boat === 'left' ? 'right' : 'left';
        },
      }),
    ),
    properties: [
      model.never(
        solved,
        (state) => state.missionaries === 0 && state.cannibals === 0 && state.boat === 'right',
      ),
    ],
  }),
  expect: [{ violates: { [solved]: 11 }, states: 16, generated: 35, levels: 13, reason: 'TLC' }],
});
