import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageData, PageModel } from '../../explorer/page-data.ts';
import { pagePart } from '../../explorer/page-part.ts';
import { StaticReport } from '../../explorer/static-report.tsx';
import type { ReportDocument } from '../../report/document.ts';
import { requestedNameOf } from '../../report/requested-name.ts';
import { NothingToShow } from '../../report/runs.ts';
import { invocation } from '../arguments/invocation.ts';
import { findScenario, isOfCloud } from '../loading/find-scenarios.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { modelSource } from './model-source.ts';
import { selfContainedPage } from './page-html.ts';
import { comparedWith } from './page-result.ts';
import { modelScript, pageScript } from './page-script.ts';
import { titleAmong } from './title-among.ts';

/**
 * A report as one self-contained HTML file. It is readable without scripts. It contains the models
 * that can still be found, so that a reader can take other steps than the runs do. Throws a
 * NothingToShow for a report without results.
 */
export async function html({ results }: ReportDocument): Promise<string> {
  const [first] = results;
  if (first === undefined) {
    throw new NothingToShow('there are no results to show', 'Check something first.');
  }
  const names = new Map(results.map((result) => [requestedNameOf(result), result.scenario]));
  const named = [...names.keys()];
  const { found, missing } = await modelsOf(names);
  const model = await modelScript(found.map(({ id, chosen }) => ({ ...modelSource(chosen), id })));
  const models = named.map((id): PageModel => {
    const about = found.find((each) => each.id === id)?.chosen.scenario.about;
    return { id, name: titleAmong(names, id), about };
  });
  const unmodelled =
    missing.length === 0
      ? model.unmodelled
      : `This page shows its runs but takes no other steps: ${missing.join(', ')} could not be found when it was made.`;
  const data: PageData = {
    mode: 'report',
    model: requestedNameOf(first),
    models,
    results: results.map((result) => {
      const part = pagePart(result);
      const { chosen } = found.find(({ id }) => id === part.model) ?? {};
      const scenario = titleAmong(names, part.model);
      return { ...comparedWith(chosen?.scenario, part), scenario };
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

/** A model of the report as it exists now, with the id that the report gives it. */
interface Found {
  readonly id: string;
  readonly chosen: SelectedScenario;
}

/** Finds the models. `names` are the names of the scenarios, by id. */
async function modelsOf(
  names: ReadonlyMap<string, string>,
): Promise<{ readonly found: readonly Found[]; readonly missing: readonly string[] }> {
  const found: Found[] = [];
  const missing: string[] = [];
  for (const [id, name] of names) {
    try {
      const chosen = await findScenario(id, isOfCloud(id));
      // By now the file may export something else under that name.
      if (chosen.scenario.name === name) found.push({ id, chosen });
      else missing.push(id);
    } catch {
      // The report comes from elsewhere, or its model is gone or broken. The runs can still be
      // read.
      missing.push(id);
    }
  }
  return { found, missing };
}
