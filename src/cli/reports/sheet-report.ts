import { createHash } from 'node:crypto';
import { parseJson, UnreadableReport } from '../../report/read-report.ts';
import type { Sheet } from '../../report/sheet/sheet.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';

/**
 * The table in the document of `atlas --json` or `exposure --json`; undefined for another document.
 * Throws an UnreadableReport for one of them that is cut or wrong.
 */
export async function sheetIn(text: string, file: string): Promise<Sheet | undefined> {
  const value = parseJson(text, file);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Reflect.get(value, 'format') === 'racewright/atlas') {
    const { atlasSchema } = await import('../../atlas/schema.ts');
    const { atlasSheet } = await import('../../atlas/sheet.ts');
    const { data, error } = atlasSchema.safeParse(value);
    if (data === undefined) throw unreadable('atlas', file, error?.issues[0]);
    return atlasSheet(data);
  }
  if (Reflect.get(value, 'format') !== 'racewright/report' || !('races' in value)) return undefined;
  const { exposureSchema } = await import('../../exposure/schema.ts');
  const { exposureSheet } = await import('../../exposure/sheet.ts');
  const { data, error } = exposureSchema.safeParse(value);
  if (data === undefined) throw unreadable('exposure', file, error?.issues[0]);
  return exposureSheet({ releases: data.releases, rows: data.races });
}

function unreadable(
  name: string,
  where: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): UnreadableReport {
  const place = (issue?.path ?? []).map(String).join('.');
  return new UnreadableReport({
    what: `it is not a whole document of '${name} --json': ${place} ${issue?.message ?? ''}`,
    where,
    mend: `Make it again with 'racewright ${name} --json'.`,
  });
}

/** The table as a page or a picture. Throws CliUsageError for another format, and for a choice. */
export async function writtenSheet(
  sheet: Sheet,
  format: string,
  flags: { readonly scenario?: string | undefined; readonly property?: string | undefined },
): Promise<string> {
  if (flags.scenario !== undefined || flags.property !== undefined) {
    throw new CliUsageError({
      what: 'the file is a table of races, and has no scenarios to choose from',
      where: flags.scenario === undefined ? '--property' : '--scenario',
      mend: 'Leave it out.',
    });
  }
  if (format === 'svg') return (await import('../../report/sheet/sheet-svg.ts')).sheetSvg(sheet);
  if (format === 'html') {
    const { sheetHtml } = await import('../../report/sheet/sheet-html.ts');
    return sheetHtml(sheet, (text) => createHash('sha256').update(text).digest('base64'));
  }
  throw new CliUsageError({
    what: `a table of races cannot be written as ${format}`,
    where: `--to ${format}`,
    mend: 'It can be written as html and as svg.',
  });
}
