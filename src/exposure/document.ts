import { header } from '../report/report-json.ts';
import type { Exposure } from './exposure.ts';

/**
 * The document of `exposure --json`: the releases from oldest to newest, and a cell for each in
 * every row.
 */
export function exposureDocument({ releases, rows, searches, states }: Exposure): object {
  return { ...header, releases, races: rows, searches, states };
}
