import type { ReportDocument } from '../document.ts';
export function svg(_: ReportDocument): string {
  return '';
}
