import type { ReportDocument } from '../../report/document.ts';
import { problemLines } from '../../report/problem-text.ts';
import { NothingToShow } from '../../report/runs.ts';
import type { SpecProblem } from '../../spec/spec-error.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { problemFrom } from '../searching/problem.ts';
import { replaceFile } from '../system/replace-file.ts';
import { cannotWrite, output, send } from '../system/streams.ts';
import { errorLook, printError } from '../system/terminal.ts';
import { type ReportFormat, reportFormats } from './report-formats.ts';

/** A form in which a report is wanted, and where to; undefined for standard output. */
export interface ReportTarget {
  readonly name: string;
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

/**
 * What `--report FORMAT` or `--report FORMAT=FILE` asks for. Throws CliUsageError for an unknown
 * format.
 */
export function reportTarget(text: string): ReportTarget {
  const [, name = text, file] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (file === '') {
    throw new CliUsageError({
      what: 'there is no file after the equals sign',
      where: `--report ${text}`,
      mend: `Write --report ${name}=report.${reportFormats[name]?.extension ?? 'txt'}, or --report ${name} for standard output.`,
    });
  }
  return { ...formatNamed(name, `--report ${text}`), file };
}

/** The format of this name. Throws CliUsageError that lists those there are. */
export function formatNamed(
  name: string,
  where: string,
): { readonly name: string; readonly format: ReportFormat } {
  const format = Object.hasOwn(reportFormats, name) ? reportFormats[name] : undefined;
  if (format !== undefined) return { name, format };
  const known = Object.keys(reportFormats);
  throw unknownName({
    what: `there is no report format '${name}'`,
    name,
    known,
    kind: 'formats',
    where,
  });
}

/**
 * Writes each of the reports; of one that has nothing to show it says so on standard error. One
 * that cannot be written keeps none of the others from it: those that could not are returned, and
 * were told on standard error.
 */
export async function writeReports(
  document: ReportDocument,
  targets: readonly ReportTarget[],
): Promise<readonly SpecProblem[]> {
  const problems: SpecProblem[] = [];
  for (const target of targets) {
    try {
      await writeReport(document, target);
    } catch (error) {
      if (error instanceof NothingToShow) {
        printError([`no ${target.name} report: ${error.what}`]);
        continue;
      }
      const problem = problemFrom(error);
      problems.push(problem);
      printError(problemLines(problem, errorLook()));
    }
  }
  return problems;
}

/**
 * Throws a NothingToShow when the report has nothing for this format, and CliUsageError when the
 * file cannot be written.
 */
export async function writeReport(
  document: ReportDocument,
  { format, file }: ReportTarget,
): Promise<void> {
  const write = await format.load();
  writeText(await write(document), file);
}

/**
 * Puts a text in the place of a file, whose folder is made where there is none, or writes it to
 * standard output. Throws CliUsageError when the file cannot be written; the old file stays then as
 * it was.
 */
export function writeText(text: string, file: string | undefined): void {
  if (file === undefined) {
    send(output, text);
    return;
  }
  try {
    replaceFile(file, text);
  } catch (error) {
    const mend =
      'Name a file in a folder that can be written to. The file that stood there is unchanged.';
    throw new CliUsageError(cannotWrite(`'${file}'`, error, mend));
  }
}
