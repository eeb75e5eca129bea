import type { ReportDocument } from '../../report/document.ts';
import { readReport } from '../../report/read-report.ts';
import { counterexamplesOf } from '../../report/runs.ts';
import { unknownName } from '../arguments/cli-usage-error.ts';
import { refuseSameFile } from '../arguments/same-file.ts';
import { textOf } from '../arguments/text-of.ts';
import { sheetIn, writtenSheet } from '../reports/sheet-report.ts';
import { formatNamed, writeReport, writeText } from '../reports/write-report.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import type { ReportFlags } from './report.ts';

/**
 * `racewright report`. Throws CliUsageError, and an UnreadableReport for a file that is not a
 * report of this version.
 */
export async function reportCommand(file: string, flags: ReportFlags): Promise<ExitCode> {
  const { name, format } = formatNamed(flags.to, '--to');
  refuseSameFile([{ name, file: flags.output }], [file]);
  const text = textOf(file);
  const sheet = await sheetIn(text, file);
  if (sheet !== undefined) {
    writeText(await writtenSheet(sheet, name, flags), flags.output);
    return exitCodes.asExpected;
  }
  const document = narrowed(await readReport(text, file), flags);
  await writeReport(document, { name, format, file: flags.output });
  return exitCodes.asExpected;
}

/** The results of one scenario, and one property of each, as the flags ask. */
function narrowed(document: ReportDocument, flags: ReportFlags): ReportDocument {
  const { scenario, property } = flags;
  const ofScenario = document.results.filter(
    (result) => result.scenario === (scenario ?? result.scenario),
  );
  if (scenario !== undefined && ofScenario.length === 0) {
    const known = [...new Set(document.results.map((result) => result.scenario))];
    throw unknownName({
      what: `the report says nothing about '${scenario}'`,
      name: scenario,
      known,
      kind: 'scenarios in it',
    });
  }
  if (property === undefined) return { ...document, results: ofScenario };
  const results = ofScenario.map((result) => ({
    ...result,
    properties: result.properties.filter(({ name }) => name === property),
  }));
  if (results.some(({ properties }) => properties.length > 0)) {
    return { ...document, results: results.filter(({ properties }) => properties.length > 0) };
  }
  const found = counterexamplesOf({ ...document, results: ofScenario });
  throw unknownName({
    what: `the report has no property '${property}'`,
    name: property,
    known: [...new Set(found.map((run) => run.property.name))].map((name) => `'${name}'`),
    kind: 'violated ones',
  });
}
