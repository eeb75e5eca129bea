import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, type Result } from '../../src/index.ts';
import { answersFor, expectTrue } from './drawing-answers.ts';
import { drawing } from './drawing-arbitrary.ts';
import { scenarioOf } from './graph-scenario.ts';

const figures = ({ states: count, generated, levels, complete, properties, ledger }: Result) => ({
  count,
  generated,
  levels,
  complete,
  ends: ledger.ends,
  fairness: [...ledger.fairness].sort((a, b) => (a.condition < b.condition ? -1 : 1)),
  verdicts: properties.map(({ verdict }) => verdict),
});

describe('liveness is judged as by trying every set of states that a fair run can visit for ever', () => {
  test.each([
    { kept: 'number', memo: 'adaptive', graphs: 9_000 },
    { kept: 'number', memo: 'off', graphs: 6_000 },
    { kept: 'entry', memo: 'adaptive', graphs: 3_000 },
    { kept: 'entry', memo: 'off', graphs: 2_000 },
  ] as const)(
    'liveness is judged as by trying every set of states that a fair run can visit for ever, on $graphs graphs, the state kept in the $kept, the memo $memo',
    (row) => {
      // One graph in four is also searched depth first: the question is about the same graph.
      const agreement = fc.property(drawing, fc.nat({ max: 3 }), (drawn, nth) => {
        const answers = answersFor(drawn);
        const scenario = scenarioOf(drawn, row.kept);
        const { memo } = row;
        const breadthFirst = check(scenario, { memo, order: 'breadth_first' });
        expectTrue(breadthFirst, answers, drawn);
        if (nth > 0) return;
        const depthFirst = check(scenario, { memo, order: 'depth_first' });
        expectTrue(depthFirst, answers, drawn);
        expect(figures(depthFirst)).toEqual(figures(breadthFirst));
      });
      fc.assert(agreement, { numRuns: row.graphs });
    },
  );
});
