import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportDocument } from '../../report/document.ts';
import { problemLines } from '../../report/problem-text.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { cannotWrite } from '../system/streams.ts';
import { errorLook, printError } from '../system/terminal.ts';
import { formatNamed, writeReports } from './write-report.ts';

/** The folder for reports to other programs. */
export const ciFolder = 'racewright-report';
export const ciFiles = [
  { name: 'junit', file: join(ciFolder, 'junit.xml') },
  { name: 'sarif', file: join(ciFolder, 'racewright.sarif') },
] as const;
/** GitHub refuses the summary of a step above this size. */
const summaryBytesMax = 1024 * 1024;

/**
 * Writes what CI systems read: JUnit and SARIF files, and on GitHub annotations on standard output
 * and the summary of the step with a diagram of each counterexample. Returns what could not be
 * written, as `writeReports` does.
 */
export async function writeForCi(
  document: ReportDocument,
  env: NodeJS.ProcessEnv = process.env,
): Promise<readonly SpecProblem[]> {
  const files = ciFiles.map(({ name, file }) => ({ ...formatNamed(name, '--ci'), file }));
  const problems = await writeReports(document, files);
  // Standard output belongs to the report, so this note goes to standard error.
  if (problems.length === 0) printError([`wrote ${files.map(({ file }) => file).join(' and ')}`]);
  if (env['GITHUB_ACTIONS'] !== 'true') return problems;
  await writeReports(document, [{ ...formatNamed('github', '--ci'), file: undefined }]);
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary === undefined) return problems;
  const write = await formatNamed('markdown', '--ci').format.load();
  return [...problems, ...appendTo(summary, shortened(await write(document)))];
}

/** Appends, because other steps of the job write to the same file. */
function appendTo(file: string, text: string): readonly SpecProblem[] {
  try {
    appendFileSync(file, text);
    return [];
  } catch (error) {
    const mend = 'The variable GITHUB_STEP_SUMMARY names this file.';
    const problem = cannotWrite(`'${file}'`, error, mend);
    printError(problemLines(problem, errorLook()));
    return [problem];
  }
}

/** The text cut at a line, with a note, where GitHub would refuse the whole. */
function shortened(text: string): string {
  if (Buffer.byteLength(text) < summaryBytesMax) return text;
  const kept = Buffer.from(text)
    .subarray(0, summaryBytesMax - 200)
    .toString('utf8');
  const lines = kept.slice(0, kept.lastIndexOf('\n'));
  return `${lines}\n\nThe rest is too long for a summary: see ${ciFolder}.\n`;
}
