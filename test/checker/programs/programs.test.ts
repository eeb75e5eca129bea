import fc from 'fast-check';
import { Immer } from 'immer';
import { expect, test } from 'vitest';
import type { MemoSetting } from '../../../src/checker/result/options.ts';
import { Search, SpecError, spec } from '../../../src/index.ts';
import { answering, NoState, outcomesOf, textOf } from './plain-meaning.ts';
import {
  isOdd,
  lookingProgram,
  oddProgram,
  ordinaryProgram,
  type Program,
  run,
  world,
} from './program.ts';
import type { World } from './statements.ts';

/** Programs a run; `npm run programs` asks for more. */
const programs = Number(process.env['RACEWRIGHT_PROGRAMS'] ?? 20_000);

const seed = process.env['RACEWRIGHT_SEED'];

const drawnWith = seed === undefined ? {} : { seed: Number(seed) };

const vocabulary = spec<World>();

const memos = ['adaptive', 'off', 'sometimes'] as const;

/**
 * The states to which one step of a program leads from each of these states, with the first process
 * and its program.
 */
function outcomesInEngine(
  all: readonly Program[],
  worlds: readonly World[],
  memo: MemoSetting,
): string[] {
  const scenario = vocabulary.scenario({
    name: 'programs',
    about: 'Each action is a program.',
    system: () => ({
      init: () => worlds.map((each, who) => ({ ...structuredClone(each), who })),
      actions: all.map((program, i) =>
        vocabulary.action({
          name: `program ${i}`,
          do: (state, pick) => {
            state.by = i;
            state.seen = run(program, state as unknown as World, pick as never);
          },
        }),
      ),
      final: 'anywhere',
      properties: [],
    }),
  });
  const search = new Search(scenario, { memo, depthMax: 1, keys: 'sorted' }).run();
  return [...search.states()]
    .map(({ state }) => state as unknown as World)
    .filter(({ by }) => by >= 0)
    .map(textOf)
    .sort();
}

function outcomesPlainly(all: readonly Program[], worlds: readonly World[]): string[] {
  const outcomes = all.flatMap((program, by) =>
    worlds.flatMap((each, who) => outcomesOf(program, { ...each, who }, by)),
  );
  return [...new Set(outcomes)].sort();
}

const together = 8;

test.each(memos)(
  'a recipe means the same as on plain objects, with every change of tables, entries and lists, memo %s',
  (memo) => {
    const cases = fc.tuple(
      fc.array(ordinaryProgram, { minLength: together, maxLength: together }),
      fc.array(world, { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(cases, ([all, worlds]) => {
        const expected = outcomesPlainlyOrNot(all, worlds);
        // A program that goes wrong on a plain copy goes wrong here, too: which of them is not
        // compared.
        if (expected === undefined) expect(() => outcomesInEngine(all, worlds, memo)).toThrow();
        else expect(outcomesInEngine(all, worlds, memo)).toEqual(expected);
      }),
      { numRuns: Math.ceil(programs / together / memos.length), ...drawnWith },
    );
  },
);

test('a recipe that leaves plain data means the same as on plain objects, or is refused by name', () => {
  let refused = 0;
  let taken = 0;
  fc.assert(
    fc.property(oddProgram, world, fc.constantFrom(...memos), (program, begin, memo) => {
      const expected = outcomesPlainlyOrNot([program], [begin]);
      try {
        const found = outcomesInEngine([program], [begin], memo);
        taken += 1;
        expect(found).toEqual(expected);
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        refused += 1;
        // What is refused is no state, or does something that a view cannot do.
        if (expected !== undefined) expect(isOdd(program)).toBe(true);
      }
    }),
    { numRuns: Math.ceil(programs / 10), ...drawnWith },
  );
  expect(Math.min(refused, taken)).toBeGreaterThan(programs / 100);
});

/** Undefined where a program throws, or leads to a value that is no state. */
function outcomesPlainlyOrNot(
  all: readonly Program[],
  worlds: readonly World[],
): string[] | undefined {
  try {
    return outcomesPlainly(all, worlds);
  } catch (error) {
    if (error instanceof NoState || error instanceof Error) return undefined;
    throw error;
  }
}

/** A number from 0 to 3 for the observations of a program. */
const observed = (program: Program, state: World) =>
  [...run(program, state, answering([])).join()].reduce(
    (sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_009,
    7,
  ) % 4;

test.each(memos)('a property and a guard see the values of a plain object, memo %s', (memo) => {
  const cases = fc.tuple(lookingProgram, fc.array(world, { minLength: 4, maxLength: 4 }));
  fc.assert(
    fc.property(cases, ([program, worlds]) => {
      const asked = [0, 1, 2, 3].map((value) =>
        vocabulary.reachable(
          `it is ${value}`,
          (state) => observed(program, state as unknown as World) === value,
        ),
      );
      const scenario = vocabulary.scenario({
        name: 'looks',
        about: 'Properties and guards are programs.',
        system: () => ({
          init: () => worlds.map((each, who) => ({ ...structuredClone(each), who })),
          actions: [
            vocabulary.action({
              name: 'go',
              when: (state) =>
                state.by === -1 && observed(program, state as unknown as World) === 1,
              do(state) {
                state.by = 1;
              },
            }),
          ],
          final: 'anywhere',
          properties: [
            ...asked,
            ...worlds.map((_, i) =>
              vocabulary.reachable(`${i} goes`, ({ who, by }) => who === i && by === 1),
            ),
          ],
        }),
      });
      const { properties } = new Search(scenario, { memo, keys: 'sorted' }).run().result();
      const found = properties.filter(({ verdict }) => verdict === 'holds').map(({ name }) => name);
      const plainly = worlds.map((each) => observed(program, structuredClone(each)));
      const expected = [
        ...[0, 1, 2, 3].filter((value) => plainly.includes(value)).map((value) => `it is ${value}`),
        ...worlds.flatMap((_, i) => (plainly[i] === 1 ? [`${i} goes`] : [])),
      ];
      expect(found).toEqual(expected);
    }),
    { numRuns: Math.ceil(programs / 20), ...drawnWith },
  );
});

test('before and after a step, a value that immer leaves alone is one object', () => {
  const immer = new Immer({ autoFreeze: false });
  fc.assert(
    fc.property(ordinaryProgram, world, (program, begin) => {
      let after: World;
      try {
        after = immer.produce(begin, (draft) => {
          run(program, draft as World, answering([]));
        });
        textOf(after);
      } catch {
        return;
      }
      const compare = (one: World, other: World) =>
        (['a', 'b', 'c', 'd', 'list', 'rec'] as const).flatMap((name) => [
          one[name] === other[name],
          ...Object.keys(one[name]).map(
            (key) => partOf(one[name], key) === partOf(other[name], key),
          ),
        ]);
      const untouched = compare(begin, after);
      let same: readonly boolean[] = [];
      let equal: readonly boolean[] = [];
      const scenario = vocabulary.scenario({
        name: 'looks',
        about: 'One step.',
        system: () => ({
          init: () => structuredClone(begin),
          actions: [
            vocabulary.action({
              name: 'go',
              when: ({ by }) => by === -1,
              do(state) {
                state.by = 1;
                run(program, state as unknown as World, (_name, [first]) => first as number);
              },
            }),
          ],
          final: 'anywhere',
          properties: [
            vocabulary.step('looks', (earlier, _action, later) => {
              same = compare(earlier as never, later as never);
              equal = compare(...asTexts(earlier as never, later as never));
              return true;
            }),
          ],
        }),
      });
      new Search(scenario, { keys: 'sorted' }).run();
      // One object before and after is equal; what immer did not touch is one object.
      for (const [i, isSame] of same.entries()) {
        if (isSame) expect(equal[i]).toBe(true);
        if (untouched[i] === true) expect(isSame).toBe(true);
      }
    }),
    { numRuns: Math.ceil(programs / 40), ...drawnWith },
  );
});

function partOf(value: unknown, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

/** The same with texts in place of entries, so that `===` compares contents. */
function asTexts(one: World, other: World): [World, World] {
  const texts = (value: World) =>
    Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        typeof part === 'object'
          ? Object.fromEntries(
              Object.entries(part).map(([key, each]) => [key, JSON.stringify(each)]),
            )
          : part,
      ]),
    );
  const [a, b] = [texts(one), texts(other)];
  for (const name of Object.keys(a)) {
    if (JSON.stringify(a[name]) === JSON.stringify(b[name])) b[name] = a[name];
  }
  return [a as unknown as World, b as unknown as World];
}
