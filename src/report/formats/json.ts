import type { ReportDocument } from '../document.ts';

/** The report itself. */
export function json(document: ReportDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
