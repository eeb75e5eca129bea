import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, spec } from '../../src/index.ts';

const nodes = 6;
const walking = spec<{ at: number }>();
const some = fc.array(fc.nat(nodes - 1), { maxLength: nodes });

/** A walk along arrows between numbers, which goes on only within some of them. */
const drawing = fc.record({
  arrows: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 2 * nodes }),
  ends: some,
  within: some.map((numbers) => new Set([0, ...numbers])),
});

interface Drawn {
  readonly arrows: readonly (readonly [number, number])[];
  readonly ends: readonly number[];
  readonly within: ReadonlySet<number>;
}

function verdict({ arrows, ends, within }: Drawn, order: 'breadth_first' | 'depth_first') {
  const scenario = walking.scenario({
    name: 'walk',
    about: 'A walk along arrows.',
    system: () => ({
      init: () => ({ at: 0 }),
      actions: arrows.map(([from, to], i) =>
        walking.action({
          name: `arrow${i}`,
          when: ({ at }) => at === from,
          do: (state) => {
            state.at = to;
          },
        }),
      ),
      final: ({ at }) => ends.includes(at),
      within: ({ at }) => within.has(at),
    }),
  });
  return check(scenario, { order }).properties.find(({ kind }) => kind === 'deadlock')?.verdict;
}

/** From the definition: what can be reached by way of numbers within. */
function wanted({ arrows, ends, within }: Drawn): string {
  const from = (start: number): ReadonlySet<number> => {
    const reached = new Set([start]);
    // The loop also visits the numbers that it adds.
    for (const at of reached) {
      if (!within.has(at)) continue;
      for (const [before, after] of arrows) if (before === at) reached.add(after);
    }
    return reached;
  };
  const inside = [...from(0)].filter((at) => within.has(at)).map((at) => [...from(at)]);
  const isEnd = (at: number) => ends.includes(at);
  if (inside.every((reached) => reached.some(isEnd))) return 'holds';
  const isOpen = (at: number) => isEnd(at) || !within.has(at);
  return inside.every((reached) => reached.some(isOpen)) ? 'undecided' : 'violated';
}

test('whether runs reach an end within a constraint is decided as from the definition, or left open', () => {
  const seed = Number(process.env['RACEWRIGHT_SEED'] ?? 20_261_201);
  const times = new Map<string, number>();
  fc.assert(
    fc.property(drawing, fc.constantFrom('breadth_first', 'depth_first'), (drawn, order) => {
      const answer = wanted(drawn);
      times.set(answer, (times.get(answer) ?? 0) + 1);
      expect(verdict(drawn, order)).toBe(answer);
    }),
    { seed, numRuns: 500 },
  );
  expect([...times.keys()].sort()).toEqual(['holds', 'undecided', 'violated']);
});
