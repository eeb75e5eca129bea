import fc from 'fast-check';
import { UsageError } from 'racewright';
import { expect, test } from 'vitest';
import { explore, type FailingSchedule, replaySchedule } from '../../src/async/index.ts';
import { failingBody, failingProgram, failuresByBruteForce } from './failing-programs.ts';

const all = ['a', 'b', 'c'];

/** A failure in the words of the brute force. */
function words({ failure }: FailingSchedule): string {
  if (failure.kind === 'deadlock') return `deadlock: ${failure.waiting.join(' ')}`;
  const { message } = (failure as { readonly error: Error }).error;
  return failure.kind === 'unhandled' ? `not handled: ${message}` : message;
}

const numRuns = Math.max(200, Number(process.env['RACEWRIGHT_RUNS'] ?? 200));

test('200 random programs fail as brute force says, with and without keys', async () => {
  let [failing, passing, left] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(failingProgram, async (program) => {
      const known = failuresByBruteForce(program);
      const plain = await explore(failingBody(program, []), { goesOn: true });
      const reduced = await explore(failingBody(program, all), { goesOn: true });
      expect(plain.ledger.schedules).toBe(known.orders);
      for (const exploration of [plain, reduced]) {
        expect(new Set(exploration.failing.map(words))).toEqual(known.failures);
        expect(exploration.verdict).toBe(known.failures.size > 0 ? 'violated' : 'holds');
      }
      const [last] = reduced.failing.slice(-1);
      if (last !== undefined) {
        const text =
          words(last)
            .replace(/^(not handled|deadlock): /, '')
            .split(' ')[0] ?? '';
        await expect(replaySchedule(failingBody(program, all), last.schedule)).rejects.toThrow(
          text,
        );
      }
      if (known.failures.size > 0) failing += 1;
      else passing += 1;
      left += plain.ledger.schedules - reduced.ledger.schedules;
    }),
    { numRuns },
  );
  expect(Math.min(failing, passing, left)).toBeGreaterThan(10);
});

test('no random program whose keys leave out a cell is said to hold where an order fails', async () => {
  let [refused, wrong] = [0, 0];
  for (const program of fc.sample(failingProgram, { numRuns, seed: 1 })) {
    const { failures } = failuresByBruteForce(program);
    try {
      const { verdict } = await explore(failingBody(program, ['a', 'b']));
      if (verdict === 'holds' && failures.size > 0) wrong += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      refused += 1;
    }
  }
  expect(wrong).toBe(0);
  expect(refused).toBeGreaterThan(0);
});
