/**
 * The Tower of Hanoi with every legal move: 3^n states, 3^(n+1) - 2 generated, 2^n levels, 2^n - 1
 * moves from one peg to another. Source of the counts: the closed forms, which an independent
 * explorer confirmed; n = 8 is BEEM hanoi.1, n = 12 hanoi.2.
 */
import { range, spec } from 'racewright';

type Peg = 'a' | 'b' | 'c';

interface Tower {
  /** Where each disc lies. disc1 is the smallest. */
  readonly discs: { [name: string]: Peg };
}

const tower = spec<Tower>();
const pegs: readonly Peg[] = ['a', 'b', 'c'];

/**
 * The pegs to which a disc may go. A disc that has smaller ones above it can move only when these
 * lie together on another peg, and then to the one peg that is left. Asked of the next smaller one
 * first: most moves fail there.
 */
function targets(discs: Tower['discs'], disc: number): readonly Peg[] {
  const from = discs[`disc${disc}`];
  const above = discs[`disc${disc - 1}`];
  if (above === from) return [];
  for (let smaller = disc - 2; smaller >= 1; smaller--) {
    if (discs[`disc${smaller}`] !== above) return [];
  }
  return pegs.filter((peg) => peg !== from && peg !== above);
}

const solved = 'the tower stands on the third peg';

export const hanoi = tower.scenario({
  name: 'hanoi',
  about: 'A long shortest path: the solution is found as a counterexample of 2^n - 1 moves.',
  parameters: { discs: range(1, 12, { default: 3 }) },
  system: ({ discs }) => {
    const numbers = Array.from({ length: discs }, (_, i) => i + 1);
    return {
      init: () => ({ discs: Object.fromEntries(numbers.map((i) => [`disc${i}`, 'a' as const])) }),
      actions: numbers.map((disc) =>
        tower.action({
          actor: `disc${disc}`,
          name: 'move',
          do: (state, pick) => {
            state.discs[`disc${disc}`] = pick('to', targets(state.discs, disc));
          },
        }),
      ),
      properties: [
        tower.never(solved, (state) => numbers.every((i) => state.discs[`disc${i}`] === 'c')),
      ],
    };
  },
  expect: [1, 2, 3, 4, 5, 8, 10, 11, 12].map((discs) => ({
    given: { discs },
    violates: { [solved]: 2 ** discs - 1 },
    states: 3 ** discs,
    generated: 3 ** (discs + 1) - 2,
    levels: 2 ** discs,
    reason: 'the closed forms',
  })),
});
