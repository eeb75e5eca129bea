import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReportDocument } from '../report/document.ts';
import { NothingToShow } from '../report/runs.ts';
import { standardOutput } from './process-guards.ts';
import { type ReportFormat, reportFormats } from './report-formats.ts';
import { printError } from './terminal.ts';
import { unknownName, WrongUsage } from './wrong-usage.ts';

/** A form in which a report is wanted, and where to; undefined for standard output. */
export interface ReportTarget {
  readonly name: string;
  readonly format: ReportFormat;
  readonly file: string | undefined;
}

/** What `--report FORMAT` or `--report FORMAT=FILE` asks for. Throws WrongUsage for an unknown format. */
export function reportTarget(text: string): ReportTarget {
  const [, name = text, file] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (file === '') {
    throw new WrongUsage({
      what: 'there is no file after the equals sign',
      where: `--report ${text}`,
      mend: `Write --report ${name}=report.${reportFormats[name]?.extension ?? 'txt'}, or --report ${name} for standard output.`,
    });
  }
  return { ...formatNamed(name, `--report ${text}`), file };
}

/** The format of this name. Throws WrongUsage that lists those there are. */
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

/** Writes each of the reports; of one that has nothing to show it says so on standard error. */
export async function writeReports(
  document: ReportDocument,
  targets: readonly ReportTarget[],
): Promise<void> {
  for (const target of targets) {
    try {
      await writeReport(document, target);
    } catch (error) {
      if (!(error instanceof NothingToShow)) throw error;
      printError([`no ${target.name} report: ${error.what}`]);
    }
  }
}

/** Throws a NothingToShow when the report has nothing for this format, and WrongUsage when the file cannot be written. */
export async function writeReport(
  document: ReportDocument,
  { format, file }: ReportTarget,
): Promise<void> {
  const write = await format.load();
  writeText(await write(document), file);
}

/**
 * Writes a text to a file, whose folder is made where there is none, or to standard output. Throws WrongUsage when it cannot be
 * written.
 */
export function writeText(text: string, file: string | undefined): void {
  if (file === undefined) {
    standardOutput.write(text);
    return;
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new WrongUsage({
      what: `cannot write '${file}': ${error instanceof Error ? error.message : String(error)}`,
      mend: 'Name a file in a folder that can be written to.',
    });
  }
}
