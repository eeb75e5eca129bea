import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/checker/explain/explain.ts';
import { check, failuresOf, replay } from '../../../src/index.ts';
import { whyRecord } from '../../../src/report/why-text.ts';
import { candidateD25 } from '../../../src/scenarios/candidate-d25.ts';
import { twoLocks } from '../../report/samples.ts';

describe('what else would make a property hold', () => {
  test('is a fault that need not happen, where no order of steps matters', () => {
    const [property] = check(candidateD25).properties.filter(
      ({ verdict }) => verdict === 'violated',
    );
    if (property?.trace === undefined) throw new Error('the scenario no longer violates anything');
    const explanation = explain(candidateD25, property, property.trace, { smallerStatesMax: 0 });
    expect(explanation?.races).toEqual([]);
    expect(explanation && whyRecord(explanation, {}).sentences).toEqual([
      'without fault.encryptor-error[of=attach/n-cpu] (step 36) the property would hold in the run that follows',
    ]);
    for (const { repaired } of explanation?.remedies ?? []) {
      expect(repaired).not.toContain('fault.encryptor-error[of=attach/n-cpu]');
      const failures = failuresOf(candidateD25, replay(candidateD25, repaired));
      expect(failures.filter(({ name }) => name === property.name)).toEqual([]);
    }
  });

  test('is another pick', () => {
    const options = { parameters: { order: 'same', limit: 10 } };
    const [property] = check(twoLocks, options).properties;
    if (property?.trace === undefined) throw new Error('the scenario no longer violates anything');
    const asked = { ...options, smallerStatesMax: 0 };
    const explanation = explain(twoLocks, property, property.trace, asked);
    expect(explanation && whyRecord(explanation, {}).sentences).toEqual([
      'with p1.write[size=1] in place of p1.write[size=20] (step 3) the property would hold in the run that follows',
    ]);
  });
});
