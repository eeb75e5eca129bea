import { spaceTimeSvg } from '../diagram/space-time-svg.ts';
import type { ReportDocument } from '../document.ts';
import { firstRunOf } from '../runs.ts';

/** The first run of a report as a space-time diagram. Throws a NothingToShow when it has none. */
export function svg(document: ReportDocument): string {
  return spaceTimeSvg(firstRunOf(document));
}
