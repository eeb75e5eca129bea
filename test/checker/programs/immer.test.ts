import fc from 'fast-check';
import { Immer } from 'immer';
import { expect, test } from 'vitest';
import { answering, textOf } from './plain-meaning.ts';
import { ordinaryProgram, run, world } from './program.ts';
import type { World } from './statements.ts';

/** Programs a run; `npm run programs` asks for more. */
const programs = Number(process.env['RACEWRIGHT_PROGRAMS'] ?? 20_000);

const seed = process.env['RACEWRIGHT_SEED'];

const drawnWith = seed === undefined ? {} : { seed: Number(seed) };

test('a recipe means on views the same as in a draft of immer', () => {
  const immer = new Immer({ autoFreeze: false });
  let unread = 0;
  fc.assert(
    fc.property(ordinaryProgram, world, (program, begin) => {
      let log: string[] = [];
      const first = answering([]);
      const withImmer = () =>
        immer.produce(begin, (draft) => {
          log = run(program, draft as World, first);
        });
      const plainly = structuredClone(begin);
      let expected: string | undefined;
      try {
        plainly.seen = run(program, plainly, first);
        expected = textOf(plainly);
      } catch {
        return;
      }
      const found = textUnlessRevoked({ ...withImmer(), seen: log });
      if (found === undefined) unread += 1;
      else expect(found).toBe(expected);
    }),
    { numRuns: Math.ceil(programs / 10), ...drawnWith },
  );
  expect(unread).toBeLessThanOrEqual(programs / 1000);
});

/**
 * The text of a state, undefined where it holds a revoked draft. immer 11.2.13 leaves one in its
 * result where an unchanged draft is moved into two new objects, one of them inside a third.
 */
function textUnlessRevoked(state: World): string | undefined {
  try {
    return textOf(state);
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('has been revoked')) return undefined;
    throw error;
  }
}
