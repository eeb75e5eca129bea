/**
 * Two jugs without marks: fill, empty, pour over. All six actions are always enabled, so many
 * change nothing. Source of the counts: an independent explorer, and TLC for the jugs of 3 and 5
 * (DieHard of the TLA+ examples).
 */
import { choice, spec } from 'racewright';

interface Jugs {
  small: number;
  big: number;
}

const model = spec<Jugs>();
const measured = 'the goal is measured';

export const waterJugs = model.scenario({
  name: 'water-jugs',
  about: 'Die Hard: measure 4 gallons with jugs of 3 and 5. The solution is a counterexample.',
  parameters: {
    small: choice([3, 4, 5, 7], { about: 'gallons that the small jug holds' }),
    big: choice([5, 6, 11], { about: 'gallons that the big jug holds' }),
    goal: choice([4, 5]),
  },
  refuses: ({ small, big }) =>
    small < big ? undefined : `the small jug (${small}) must be smaller than the big one (${big})`,
  system: ({ small, big, goal }) => {
    const action = (name: string, act: (jugs: Jugs) => void) => model.action({ name, do: act });
    return {
      init: () => ({ small: 0, big: 0 }),
      actions: [
        action('fill_small', (jugs) => {
          jugs.small = small;
        }),
        action('fill_big', (jugs) => {
          jugs.big = big;
        }),
        action('empty_small', (jugs) => {
          jugs.small = 0;
        }),
        action('empty_big', (jugs) => {
          jugs.big = 0;
        }),
        action('small_to_big', (jugs) => {
          const poured = Math.min(jugs.small, big - jugs.big);
          jugs.small -= poured;
          jugs.big += poured;
        }),
        action('big_to_small', (jugs) => {
          const poured = Math.min(jugs.big, small - jugs.small);
          jugs.big -= poured;
          jugs.small += poured;
        }),
      ],
      properties: [model.never(measured, (jugs) => jugs.small === goal || jugs.big === goal)],
    };
  },
  expect: [
    {
      given: { small: 3, big: 5, goal: 4 },
      violates: { [measured]: 6 },
      states: 16,
      generated: 97,
      levels: 8,
      reason: 'TLC',
    },
    // The source gives no goal for these jugs. Filling the small one measures 5 in one step.
    {
      given: { small: 5, big: 11, goal: 5 },
      violates: { [measured]: 1 },
      states: 32,
      generated: 193,
      levels: 16,
    },
    {
      given: { small: 7, big: 11, goal: 5 },
      violates: { [measured]: 12 },
      states: 36,
      generated: 217,
      levels: 18,
    },
    { given: { small: 4, big: 6, goal: 5 }, states: 10, generated: 61, levels: 5 },
  ],
});
