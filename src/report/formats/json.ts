import type { ReportDocument } from '../document.ts';
import { jsonText } from '../json-text.ts';

/** The report itself as JSON. */
export function json(document: ReportDocument): string {
  return jsonText(document);
}
