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

/** A requested format and its file; without a file it goes to standard output. */
export interface ReportTarget {
  readonly name: string;
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

/**
 * The target of `--report FORMAT` or `--report FORMAT=FILE`. Throws CliUsageError for an unknown
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

/** The format of this name. Throws a CliUsageError that lists all formats. */
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
 * Writes the reports, each independently of the others. Prints on standard error which have nothing
 * to show and which cannot be written, and returns the latter.
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
 * Writes one report. Throws a NothingToShow when the report has nothing for this format, and
 * CliUsageError when the file cannot be written.
 */
export async function writeReport(
  document: ReportDocument,
  { format, file }: ReportTarget,
): Promise<void> {
  const write = await format.load();
  writeText(await write(document), file);
}

/**
 * Writes a text to standard output, or in place of a file, whose folder it makes if needed. Throws
 * CliUsageError when the file cannot be written; the old file is then unchanged.
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
