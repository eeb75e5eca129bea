import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultBudgets } from '../../src/cli/arguments/fault-budgets.ts';
import { spec } from '../../src/index.ts';
import { faultWords } from '../../src/report/runs.ts';
import { hostileName } from '../checker/hostile-names.ts';

const s = spec<{ n: number }>();

test('--faults reads budgets as they are written, whatever the names of the faults', () => {
  const name = hostileName.filter((each) => each !== '' && !(each in Object.prototype));
  const entries = fc.uniqueArray(fc.tuple(name, fc.nat()), {
    minLength: 1,
    maxLength: 4,
    selector: ([each]) => each,
  });
  fc.assert(
    fc.property(entries, (budgets) => {
      const scenario = s.scenario({
        name: 'faulty',
        about: '',
        system: () => ({
          init: () => ({ n: 0 }),
          faults: budgets.map(([each]) => s.fault({ name: each, do() {} })),
        }),
      });
      const [, text = ''] = faultWords(Object.fromEntries(budgets));
      expect(faultBudgets(scenario, {}, text)).toEqual(Object.fromEntries(budgets));
    }),
    { numRuns: 500 },
  );
});
