import { expect } from 'vitest';
import type { PropertyResult } from '../../src/checker/result/result.ts';
import type { Result } from '../../src/index.ts';
import { type Claim, objection, refutations } from './brute-force.ts';
import { conditionsOf, type Drawing, runOf } from './graph-scenario.ts';

/**
 * The answer of the definitions about one property: the length of the beginning of a
 * counterexample, if there is one.
 */
export interface Answer {
  readonly claim: Claim | undefined;
  readonly stem: number | undefined;
  /** The entry that fails, for a claim of each entry of a table. */
  readonly part: string | undefined;
}

/**
 * The answers in the order of the properties of the scenario, of which the last asks for each
 * entry. About runs that visit no other states than the `known` ones, if those are given.
 */
export function answersFor(drawn: Drawing, known?: number): readonly Answer[] {
  const { graph, claims: asked, each } = drawn;
  const stems = refutations(graph, conditionsOf(drawn), [...asked, ...each], known);
  const ofEach = stems.slice(asked.length);
  const first = ofEach.findIndex((stem) => stem !== undefined);
  const part = first < 0 ? undefined : `items.i${first}`;
  return [
    ...asked.map((claim, i) => ({ claim, stem: stems[i], part: undefined })),
    { claim: each[first], stem: ofEach[first], part },
  ];
}

/** That a violation is shown by a counterexample, with the shortest beginning that there is. */
function expectCounterexample(property: PropertyResult, answer: Answer, drawn: Drawing): void {
  const { claim, stem, part } = answer;
  const { trace, failingPart } = property;
  if (trace === undefined || claim === undefined) throw new Error('a violation without a trace');
  const wrong = objection(drawn.graph, conditionsOf(drawn), claim, runOf(drawn, trace));
  if (wrong !== undefined) throw new Error(`${JSON.stringify(claim)}: ${wrong}`);
  expect([trace.loopsTo ?? trace.steps.length, failingPart]).toEqual([stem, part]);
}

/**
 * Expects that each property is violated or not as these answers say. A property that is not
 * violated holds if the search is complete.
 */
export function expectTrue(result: Result, answers: readonly Answer[], drawn: Drawing): void {
  const otherwise = result.complete ? 'holds' : 'undecided';
  for (const [i, answer] of answers.entries()) {
    const property = result.properties[i];
    const verdict = answer.stem === undefined ? otherwise : 'violated';
    if (property?.verdict !== verdict) {
      throw new Error(`${property?.kind} is ${verdict}, the checker says ${property?.verdict}`);
    }
    if (verdict === 'violated') expectCounterexample(property, answer, drawn);
  }
}
