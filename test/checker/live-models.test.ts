import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PropertyResult } from '../../src/checker/result.ts';
import { check } from '../../src/index.ts';
import { objection } from './brute-force.ts';
import { type Questions, type Truth, truthOf } from './live-model.ts';
import { smallCond, smallModel } from './small-arbitrary.ts';

const assumption = fc.record({ strong: fc.boolean(), unit: fc.nat({ max: 99 }) });
const questions: fc.Arbitrary<Questions> = fc.record({
  fairness: fc.option(fc.array(assumption, { maxLength: 4 }), { nil: undefined, freq: 4 }),
  conds: fc.array(smallCond, { minLength: 8, maxLength: 8 }),
  actor: fc.constantFrom('p0', 'p1', 'child', 'system', 'fault'),
});

/** That a property has the verdict that it should have, and a counterexample that is one. */
function expectTrue({ name, verdict, trace, because }: PropertyResult, truth: Truth): void {
  const { answers, failing, graph, conditions } = truth;
  const refuted = answers.find((answer) => answer.name === name && answer.stem !== undefined);
  const isViolated = refuted !== undefined || failing.includes(name);
  expect([name, verdict]).toEqual([name, isViolated ? 'violated' : 'holds']);
  if (refuted === undefined) return;
  if (trace === undefined) throw new Error('a violation without a trace');
  const run = truth.runOf(trace);
  expect(objection(graph, conditions, refuted.claim, run)).toBeUndefined();
  expect([run.loopsTo ?? run.steps.length, because]).toEqual([refuted.stem, refuted.part]);
}

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

describe('a small model whose processes come and go', () => {
  test('is judged as an interpreter and a judge say that know nothing of the checker', () => {
    const agreement = fc.property(smallModel, questions, (small, asked) => {
      const truth = truthOf(small, asked);
      fc.pre(truth !== undefined);
      if (truth === undefined) return;
      for (const options of settings) {
        const { states, properties } = check(truth.scenario, options);
        expect(states).toBe(truth.graph.states);
        for (const property of properties) expectTrue(property, truth);
      }
    });
    fc.assert(agreement, { numRuns: 500 });
  });
});
