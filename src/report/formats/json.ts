import type { ReportDocument } from '../document.ts';
import { jsonText } from '../json-text.ts';

/** The report itself. */
export function json(document: ReportDocument): string {
  return jsonText(document);
}
