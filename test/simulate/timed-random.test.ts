import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timedAnswer } from './timed-answer.ts';
import { expectedRound, type TimedModel, timedScenario } from './timed-reference.ts';

const step = fc.record({
  bit: fc.nat({ max: 5 }),
  value: fc.boolean(),
  writes: fc.nat({ max: 2 }),
  as: fc.boolean(),
  mean: fc.constantFrom(0.5, 3, 20),
});
const model: fc.Arbitrary<TimedModel> = fc.record({
  steps: fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  forbidden: fc.tuple(fc.boolean(), fc.boolean(), fc.constant(true)),
});

const perHour = 200;

const answerOf = (one: TimedModel, rounds: number, seed: number) =>
  timedAnswer(timedScenario(one), { rounds, seed, perHour });

test('of random requests that wait for one another the exact value is that of an interpreter', () => {
  let waiting = 0;
  fc.assert(
    fc.property(model, (one) => {
      const wanted = expectedRound(one, perHour);
      const { likelihoods } = answerOf(one, 1, 1);
      const [{ exact, isNever } = {}] = likelihoods;
      expect(exact?.perRequest).toBeCloseTo(wanted.violated / wanted.requests, 9);
      expect(isNever).toBe(wanted.violated === 0);
      if (wanted.stuck > 0.01) waiting += 1;
    }),
    { numRuns: 150 },
  );
  expect(waiting).toBeGreaterThan(10);
});

test('of 100 random systems at least 90 intervals contain the value of an interpreter', () => {
  let inside = 0;
  let stuck = 0;
  const models = fc.sample(model, { numRuns: 100, seed: 11 });
  for (const [seed, one] of models.entries()) {
    const wanted = expectedRound(one, perHour);
    const truth = wanted.violated / wanted.requests;
    const answer = answerOf(one, 400, seed);
    const [{ perRequest = { low: 1, high: 0 } } = {}] = answer.likelihoods;
    // An interval of one value is as exact as numbers are.
    if (perRequest.low - 1e-12 <= truth && truth <= perRequest.high + 1e-12) inside += 1;
    stuck += answer.stuck - 400 * wanted.stuck;
  }
  expect(inside).toBeGreaterThanOrEqual(90);
  // Rounds of all systems together: less than four standard deviations of as many coins.
  expect(Math.abs(stuck)).toBeLessThan(4 * Math.sqrt(100 * 400 * 0.25));
});
