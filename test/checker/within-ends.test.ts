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

interface Waiting {
  mayGo: boolean;
  rounds: number;
}

const waiting = spec<Waiting>();
const goer = waiting.flow({
  name: 'goer',
  steps: { go: { when: ({ mayGo }) => mayGo, do: () => {} } },
});

/** A process that may go or not, and rounds that begin it anew; the search looks at the first. */
const inRounds = (starts: readonly boolean[]) =>
  waiting.scenario({
    name: 'rounds',
    about: 'A process that each round begins anew.',
    system: () => ({
      init: () => starts.map((mayGo) => ({ mayGo, rounds: 0 })),
      processes: { p: goer.start() },
      actions: [
        waiting.action({
          name: 'next_round',
          when: ({ mayGo }, processes) => !mayGo || processes['p']?.at === 'done',
          do: (state, _pick, processes) => {
            state.rounds += 1;
            processes.restart('p', goer.start());
          },
        }),
      ],
      within: ({ rounds }) => rounds === 0,
    }),
  });

test.each([
  { starts: [true], verdict: 'holds' },
  { starts: [true, false], verdict: 'undecided' },
])(
  'an end from which a run leaves the constraint is an end: $verdict from $starts',
  ({ starts, verdict }) => {
    for (const order of ['breadth_first', 'depth_first'] as const) {
      const { properties } = check(inRounds(starts), { order });
      expect(properties).toMatchObject([{ name: 'every run can go on until it is done', verdict }]);
    }
  },
);

test('the question about ends that `final` states has one name, wherever runs leave', () => {
  const { properties } = check(
    walking.scenario({
      name: 'walk',
      about: 'A walk through an end and on.',
      system: () => ({
        init: () => ({ at: 0 }),
        actions: [
          walking.action({
            name: 'on',
            do: (state) => {
              state.at += 1;
            },
          }),
        ],
        final: ({ at }) => at === 1,
        within: ({ at }) => at < 2,
      }),
    }),
  );
  // In the last state within no end can be reached by way of those within.
  expect(properties[0]?.name).toBe('every run can go on until it is done');
});
