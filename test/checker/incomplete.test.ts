import { describe, expect, test } from 'vitest';
import { check, type Scenario } from '../../src/index.ts';
import { waterJugs } from '../oracles/water-jugs.ts';

describe('a search that is cut off, compared with what is expected', () => {
  const whole = check(waterJugs);

  test('a search that is cut off would be as expected if it went on to the end', () => {
    expect(whole).toMatchObject({ complete: true, asExpected: true, mismatches: [] });
  });

  test('a search that is cut off confirms no expectation, and contradicts none by states that it has not seen', () => {
    for (let statesMax = 1; statesMax < whole.states; statesMax++) {
      const { complete, asExpected, mismatches } = check(waterJugs, { statesMax });
      expect({ statesMax, complete, asExpected, mismatches }).toEqual({
        statesMax,
        complete: false,
        asExpected: undefined,
        mismatches: [],
      });
    }
  });

  test('a search that is cut off contradicts an expectation by an unexpected violation, and by too many states', () => {
    const wrong: Scenario = { ...waterJugs, expect: [{ states: 3 }] };
    const { asExpected, mismatches } = check(wrong, { statesMax: 15 });
    expect({ asExpected, mismatches }).toMatchInlineSnapshot(`
      {
        "asExpected": false,
        "mismatches": [
          "'the goal is measured': expected holds, found violated",
          "expected 3 states, found 15",
        ],
      }
    `);
  });
});
