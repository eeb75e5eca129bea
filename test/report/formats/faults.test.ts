import { describe, expect, test } from 'vitest';
import { choice, type Scenario, spec } from '../../../src/index.ts';
import { junit } from '../../../src/report/formats/junit.ts';
import { markdown } from '../../../src/report/formats/markdown.ts';
import { vitest } from '../../../src/report/formats/vitest.ts';
import { documentOf } from '../documents.ts';

interface Net {
  readonly lost: number;
}
const net = spec<Net>();

const lossy: Scenario = net.scenario({
  name: 'lossy',
  about: 'Messages are lost.',
  parameters: {
    size: choice(['small', 'large']),
    switch: choice(['on', 'off'], { advanced: true }),
  },
  system: () => ({
    init: () => ({ lost: 0 }),
    faults: [
      net.fault({
        name: 'loss',
        do: (state) => {
          state.lost += 1;
        },
      }),
      net.fault({ name: 'flood', do: () => undefined, times: Number.POSITIVE_INFINITY }),
    ],
    properties: [net.never('nothing happens', ({ lost }) => lost === 0)],
    final: 'anywhere',
  }),
});

const faults = { loss: 2 };

describe('a result', () => {
  test('a result has the given budgets, and what each fault could do', () => {
    const [plain] = documentOf(lossy).results;
    expect(plain).not.toHaveProperty('faults');
    expect(plain?.ledger).toMatchObject({ faultBudgets: { loss: 1, flood: null } });
    const [given] = documentOf(lossy, { faults }).results;
    expect(given?.faults).toEqual(faults);
    expect(given?.ledger).toMatchObject({ faultBudgets: { loss: 2, flood: null } });
  });
});

describe('the title of a report', () => {
  test('the title of a report has the given budgets', () => {
    const document = documentOf(lossy, { faults });
    expect(markdown(document)).toContain('size=small switch=on --faults loss=2\n');
    expect(junit(document)).toContain(
      '<testsuite name="lossy size=small switch=on --faults loss=2"',
    );
    expect(junit(document)).toContain('<property name="faults.loss" value="2"/>');
  });
});

describe('advanced parameters at their defaults', () => {
  const document = documentOf(lossy, { faults }, { advanced: ['switch'] });

  test('output for pasting or reading does not repeat advanced parameters at their defaults', () => {
    expect(markdown(document)).toContain(
      '<code>racewright replay lossy --set size=small --faults loss=2</code>',
    );
    expect(junit(document)).not.toContain('name="switch"');
    expect(vitest(document)).toContain(
      '{"parameters":{"size":"small"},"faults":{"loss":2},"init":0}',
    );
  });
});
