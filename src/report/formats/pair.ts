import { pairSvg } from '../diagram/pair-svg.ts';
import type { ReportDocument } from '../document.ts';

/** Two points side by side in SVG. Throws a NothingToShow where there are not two. */
export function pair(document: ReportDocument): string {
  return pairSvg(document);
}
