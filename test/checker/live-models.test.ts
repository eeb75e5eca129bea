import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckOptions } from '../../src/checker/result/options.ts';
import type { PropertyResult } from '../../src/checker/result/result.ts';
import { check, type Result, Search } from '../../src/index.ts';
import { objection } from './brute-force.ts';
import { expectReplayed } from './expect-replayed.ts';
import { type Truth, truthOf } from './live-model.ts';
import type { Questions } from './live-questions.ts';
import { smallCond, smallModel } from './small-arbitrary.ts';

const assumption = fc.record({ strong: fc.boolean(), unit: fc.nat({ max: 99 }) });
const questions: fc.Arbitrary<Questions> = fc.record({
  fairness: fc.option(fc.array(assumption, { maxLength: 4 }), { nil: undefined, freq: 4 }),
  conds: fc.array(smallCond, { minLength: 8, maxLength: 8 }),
  actor: fc.constantFrom('p0', 'p1', 'child', 'system', 'fault'),
});

/** That a property has the verdict that it should have, and a counterexample that is one. */
function expectTrue(property: PropertyResult, truth: Truth): void {
  const { name, verdict, trace, failingPart } = property;
  const { answers, failing, graph, conditions } = truth;
  const refuted = answers.find((answer) => answer.name === name && answer.stem !== undefined);
  const isViolated = refuted !== undefined || failing.includes(name);
  expect([name, verdict]).toEqual([name, isViolated ? 'violated' : 'holds']);
  if (refuted === undefined) return;
  if (trace === undefined) throw new Error('a violation without a trace');
  const run = truth.runOf(trace);
  expect(objection(graph, conditions, refuted.claim, run)).toBeUndefined();
  expect([run.loopsTo ?? run.steps.length, failingPart]).toEqual([refuted.stem, refuted.part]);
  expectReplayed(truth.scenario, property);
}

function expectAnswers(truth: Truth, options: CheckOptions): void {
  const { states, properties } = check(truth.scenario, options);
  expect(states).toBe(truth.graph.states);
  for (const property of properties) {
    if (property.kind !== 'deadlock') expectTrue(property, truth);
  }
}

/** That runs end where they do, and are said to be stuck where they may not end. */
function expectEnds(truth: Truth, options: CheckOptions): void {
  for (const deadlock of ['stuck', 'stuttering'] as const) {
    const { properties, ledger } = check(truth.scenario, { ...options, deadlock });
    expect(ledger.ends).toEqual(truth.ends);
    const asked = properties.find(({ kind }) => kind === 'deadlock');
    const verdict = truth.deadlock[deadlock] ? 'violated' : 'holds';
    if (asked !== undefined) expect([deadlock, asked.verdict]).toEqual([deadlock, verdict]);
  }
}

/**
 * A result without the parts that depend on the number of questions: its cost, and the absent
 * entries that a step is known to have looked for.
 */
function answersOf({ cost: _, ledger, properties, ...rest }: Result): object {
  const { selfChecks: _checks, neverFound, ...known } = ledger;
  // Which of several questions about a name was put first depends on when a search is asked.
  const names = neverFound.map(({ name }) => name);
  const runs = properties.map(({ trace, ...property }) => ({
    ...property,
    trace: trace && { ...trace, steps: trace.steps.map(({ reads: _reads, ...step }) => step) },
  }));
  return { ...rest, ledger: { ...known, names }, properties: runs };
}

const settings = (['breadth_first', 'depth_first'] as const).flatMap((order) =>
  (['adaptive', 'off'] as const).map((memo) => ({ order, memo })),
);

describe('a small model whose processes come and go', () => {
  test('an interpreter and a judge that know nothing of the checker agree with it on small models whose processes come and go', () => {
    const agreement = fc.property(smallModel, questions, (small, asked) => {
      const truth = truthOf(small, asked);
      fc.pre(truth !== undefined);
      if (truth === undefined) return;
      for (const options of settings) expectAnswers(truth, options);
      expectEnds(truth, settings[small.flows.length] ?? {});
    });
    fc.assert(agreement, { numRuns: 500 });
  });

  test.each(settings)(
    'a small model whose processes come and go gets the same answer when it is asked after every state: %j',
    (options) => {
      const same = fc.property(smallModel, questions, (small, asked) => {
        const truth = truthOf(small, asked);
        fc.pre(truth !== undefined);
        if (truth === undefined) return;
        const pieces = new Search(truth.scenario, options);
        while (!pieces.advance(1)) expect(pieces.result().complete).toBe(false);
        expect(answersOf(pieces.result())).toEqual(answersOf(check(truth.scenario, options)));
      });
      fc.assert(same, { numRuns: 50 });
    },
  );
});
