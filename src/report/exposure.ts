import type { AnyPoint } from '../spec/parameters.ts';

/**
 * Whether a race can happen on a release. 'partly': what a fix removed cannot, but what the scenario says it leaves can.
 * 'undecided' when the search did not end.
 */
export const exposureStatuses = [
  'exposed',
  'partly',
  'closed',
  'not_applicable',
  'undecided',
] as const;
export type ExposureStatus = (typeof exposureStatuses)[number];

/** One race on one release. */
export interface ExposureCell {
  readonly release: string;
  readonly status: ExposureStatus;
  /** Why it does not apply. */
  readonly because?: string;
  /** What was found violated of what the scenario lists, with the steps of the shortest counterexample. */
  readonly violated: readonly { readonly property: string; readonly steps: number }[];
  /** What else was found violated there: another race, in the same situation. */
  readonly others: readonly { readonly property: string; readonly steps: number }[];
}

/** One race under one setting of the parameters that are not the release. */
export interface ExposureRow {
  readonly scenario: string;
  readonly about: string;
  /** The parameters of the scenario, and switches that no release changes: a site, or an update of a series. */
  readonly setting: AnyPoint;
  /** In the order of time. */
  readonly cells: readonly ExposureCell[];
}

/** The table race by release, as it was computed. */
export interface Exposure {
  readonly releases: readonly string[];
  readonly rows: readonly ExposureRow[];
  /** How many searches it took: a release that differs in nothing that was read is not searched again. */
  readonly searches: number;
  readonly states: number;
}

/** Releases that follow each other and agree: `newton`, or `newton..pike`. */
export function rangesOf(row: ExposureRow, status: ExposureStatus): readonly string[] {
  const ranges: { first: string; last: string }[] = [];
  let open = false;
  for (const cell of row.cells) {
    const range = ranges.at(-1);
    if (cell.status !== status) open = false;
    else if (open && range !== undefined) range.last = cell.release;
    else {
      ranges.push({ first: cell.release, last: cell.release });
      open = true;
    }
  }
  return ranges.map(({ first, last }) => (first === last ? first : `${first}..${last}`));
}

/** `cause=user`, or nothing. */
export function settingText(setting: AnyPoint): string {
  return Object.entries(setting)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** How many rows are exposed on each release. */
export function exposedOn({ rows }: Exposure, release: string): number {
  return rows.filter(({ cells }) =>
    cells.some((cell) => cell.release === release && cell.status === 'exposed'),
  ).length;
}
