import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportDocument } from '../report/document.ts';
import { printError } from './terminal.ts';
import { formatNamed, writeReports } from './write-report.ts';

/** Where reports for other programs go. */
const folder = 'racewright-report';
/** GitHub refuses the whole summary of a step that is longer. */
const summaryBytesMax = 1024 * 1024;

/**
 * What a CI system reads: JUnit and SARIF files everywhere; on GitHub also annotations on standard output, and the summary of
 * the step with the diagram of each counterexample. Throws WrongUsage when a file cannot be written.
 */
export async function writeForCi(
  document: ReportDocument,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const files = [
    { ...formatNamed('junit', '--ci'), file: join(folder, 'junit.xml') },
    { ...formatNamed('sarif', '--ci'), file: join(folder, 'racewright.sarif') },
  ];
  await writeReports(document, files);
  // Standard output belongs to the report.
  printError([`wrote ${files.map(({ file }) => file).join(' and ')}`]);
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  await writeReports(document, [{ ...formatNamed('github', '--ci'), file: undefined }]);
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined) return;
  const write = await formatNamed('markdown', '--ci').format.load();
  appendFileSync(summary, shortened(await write(document)));
}

/** Cut at a line, with a note, where the whole would be refused. */
function shortened(text: string): string {
  if (Buffer.byteLength(text) < summaryBytesMax) return text;
  const kept = Buffer.from(text)
    .subarray(0, summaryBytesMax - 200)
    .toString('utf8');
  const lines = kept.slice(0, kept.lastIndexOf('\n'));
  return `${lines}\n\nThe rest is too long for a summary: see ${folder}.\n`;
}
