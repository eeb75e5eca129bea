import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { pagePart } from '../../src/explorer/page-part.ts';
import { StaticReport } from '../../src/explorer/static-report.tsx';
import { builtIn, documentOf } from '../report/documents.ts';

test('the page of a report has the given budgets of faults', async () => {
  const scenario = await builtIn('attach-detach');
  const advanced = Object.keys(scenario.parameters).filter(
    (name) => scenario.parameters[name]?.advanced,
  );
  const options = { faults: { 'cast-lost': 1 }, statesMax: 50 };
  const { results } = documentOf(scenario, options, { advanced });
  const data = {
    mode: 'report' as const,
    model: scenario.name,
    models: [],
    results: results.map(pagePart),
    invocation: ['racewright'],
  };
  expect(renderToString(h(StaticReport, { data }))).toContain('--faults cast-lost=1');
});
