import { describe, expect, test } from 'vitest';
import { pointOf } from '../../src/checker/evaluate/point.ts';
import type { PropertyResult } from '../../src/checker/result/result.ts';
import { type Scenario, Search } from '../../src/index.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { AnyPoint } from '../../src/spec/parameters.ts';
import type { Expectation } from '../../src/spec/scenario.ts';
import { canonical, type Reference, reference } from '../checker/reference.ts';

/**
 * Points with more states are left out, since the reference is slow. 2,000 takes two minutes and
 * covers nine points of ten: `REFERENCE_STATES=2000 npx vitest run test/scenarios/reference`.
 */
const statesMax = Number(process.env['REFERENCE_STATES'] ?? 150);

/** The reference judges single states; runs and steps have a judge of their own in test/checker. */
const kinds = ['always', 'never', 'reachable', 'deadlock'];

describe('the checker agrees with one that is too simple to be wrong', () => {
  for (const [name, load] of Object.entries(scenarios)) {
    test(`the checker agrees with a naive reference about the small points of ${name}`, async ({
      skip,
    }) => {
      const scenario = await load();
      const small = scenario.expect.filter(({ given }) => expectAgreement(scenario, given));
      if (small.length === 0) skip('every point has more states than the reference is asked about');
    });
  }
});

/** False when the point is too large to be asked about. */
function expectAgreement(scenario: Scenario, given: Expectation['given']): boolean {
  const parameters = pointOf(scenario, defined(given));
  const search = new Search(scenario, { parameters, statesMax: statesMax + 1 }).run();
  const { states, generated, levels, complete, properties } = search.result();
  if (!complete || states > statesMax) return false;
  const known = referenceAt(scenario, parameters);
  expect(new Set([...search.states()].map(canonical))).toEqual(new Set(known.states.keys()));
  const all = [...known.states.values()];
  expect({ parameters, states, generated, levels }).toEqual({
    parameters,
    states: all.length,
    generated: all.reduce((sum, state) => sum + state.generated, known.initial),
    levels: known.levels,
  });
  const judged = properties.filter(({ kind }) => kinds.includes(kind));
  expect(judged.map(answerOf)).toEqual(judged.map((property) => answerBy(known, property)));
  return true;
}

/** The parameters that are given a value. */
function defined(given: Expectation['given'] = {}): AnyPoint {
  const values = Object.entries(given).filter(([, value]) => value !== undefined);
  // What is left are values of parameters.
  return Object.fromEntries(values) as AnyPoint;
}

function referenceAt(scenario: Scenario, point: AnyPoint): Reference {
  const system = scenario.system(point);
  const properties = system.properties?.filter(({ kind }) => kinds.includes(kind)) ?? [];
  return reference({ ...system, properties });
}

const answerOf = ({ name, verdict, trace }: PropertyResult) => ({
  name,
  verdict,
  shortest: trace?.steps.length,
});

function answerBy(known: Reference, { name, kind }: PropertyResult) {
  const shortest = known.decided.get(kind === 'deadlock' ? 'deadlock' : name);
  const isGood = (kind === 'reachable') === (shortest !== undefined);
  return { name, verdict: isGood ? 'holds' : 'violated', shortest };
}
