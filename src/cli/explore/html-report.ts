import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageData } from '../../explorer/page-data.ts';
import { StaticReport } from '../../explorer/static-report.tsx';
import type { ReportDocument, ResultRecord } from '../../report/document.ts';
import { NothingToShow } from '../../report/runs.ts';
import { type Chosen, findScenario } from '../find-scenarios.ts';
import { invocation } from '../invocation.ts';
import { modelSource } from './model-source.ts';
import { selfContainedPage } from './page-html.ts';
import { comparedWith, pagePart } from './page-result.ts';
import { modelScript, pageScript } from './page-script.ts';

/**
 * A report as one HTML file that needs nothing else: readable without scripts, and with the models in it wherever they can
 * still be found, so that one can take other steps than the runs of the report. Throws a NothingToShow for a report without results.
 */
export async function html({ results }: ReportDocument): Promise<string> {
  const [first] = results;
  if (first === undefined) {
    throw new NothingToShow('there are no results to show', 'Check something first.');
  }
  const named = [...new Map(results.map((result) => [typedAs(result), result])).keys()];
  const { found, missing } = await modelsOf(named);
  const model = await modelScript(found.map(modelSource));
  const unmodelled =
    missing.length === 0
      ? model.unmodelled
      : `This page can be read but not walked freely: ${missing.join(', ')} could not be found when it was made.`;
  const data: PageData = {
    mode: 'report',
    scenario: first.scenario,
    scenarios: found.map(({ scenario: { name, about } }) => ({ name, about })),
    results: results.map((result) => {
      const chosen = found.find(({ typed }) => typed === typedAs(result));
      return comparedWith(chosen?.scenario, pagePart(result));
    }),
    invocation: invocation(),
    ...(unmodelled === undefined ? {} : { unmodelled }),
  };
  return selfContainedPage({
    data,
    body: renderToString(h(StaticReport, { data })),
    script: await pageScript(),
    model: found.length === 0 || model.unmodelled !== undefined ? undefined : model.text,
  });
}

/** How the scenario of a result is named on the command line. */
function typedAs({ scenario, file }: ResultRecord): string {
  return file === undefined ? scenario : `${file}:${scenario}`;
}

async function modelsOf(
  named: readonly string[],
): Promise<{ readonly found: readonly Chosen[]; readonly missing: readonly string[] }> {
  const found: Chosen[] = [];
  const missing: string[] = [];
  for (const typed of named) {
    try {
      found.push(await findScenario(typed));
    } catch {
      // The report came from elsewhere, or its model is gone or broken now. What it says can still be read.
      missing.push(typed);
    }
  }
  return { found, missing };
}
