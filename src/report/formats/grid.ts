import { gridSvg } from '../diagram/grid-svg.ts';
import type { ReportDocument } from '../document.ts';

/** The checked points as a table in SVG. Throws a NothingToShow when there are none. */
export function grid(document: ReportDocument): string {
  return gridSvg(document);
}
