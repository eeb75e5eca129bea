import type { AnyPoint } from '../spec/parameters.ts';

/**
 * Whether a race can happen on a release. 'partly': the part that a fix removed cannot, but the
 * part that the scenario says it leaves can. 'undecided' when the search did not end.
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
  /** The reason why it does not apply. */
  readonly reason?: string;
  /**
   * Of a race that is exposed: the later release from which on it is not, null where there is none;
   * missing where not asked.
   */
  readonly mendedIn?: string | null;
  /**
   * The violated properties among those that the scenario lists, with the steps of the shortest
   * counterexample.
   */
  readonly violated: readonly { readonly property: string; readonly steps: number }[];
  /** The other violated properties: another race, in the same scenario. */
  readonly others: readonly { readonly property: string; readonly steps: number }[];
}

/** One race under one setting of the parameters that are not the release. */
export interface ExposureRow {
  readonly scenario: string;
  readonly about: string;
  /**
   * The parameters of the scenario, and switches that no release changes: a site, or an update of a
   * series.
   */
  readonly setting: AnyPoint;
  /** Releases lie between those of the cells, so neighbours must not be joined. */
  readonly apart?: true;
  /** From the oldest release to the newest. */
  readonly cells: readonly ExposureCell[];
}

/** The table race by release, as it was computed. */
export interface Exposure {
  readonly releases: readonly string[];
  readonly rows: readonly ExposureRow[];
  /**
   * The number of searches: a release that differs in no switch that a search read is not searched
   * again.
   */
  readonly searches: number;
  readonly states: number;
}

/** Releases that follow each other and agree: `newton`, or `newton..pike`. */
export function rangesOf(row: ExposureRow, status: ExposureStatus): readonly string[] {
  return rangesWhere(row, (cell) => cell.status === status);
}

/** The same for the cells of which a test is true. */
function rangesWhere(row: ExposureRow, test: (cell: ExposureCell) => boolean): readonly string[] {
  const ranges: { first: string; last: string }[] = [];
  let open = false;
  for (const cell of row.cells) {
    const range = ranges.at(-1);
    if (!test(cell)) open = false;
    else if (open && range !== undefined && row.apart !== true) range.last = cell.release;
    else {
      ranges.push({ first: cell.release, last: cell.release });
      open = true;
    }
  }
  return ranges.map(({ first, last }) => (first === last ? first : `${first}..${last}`));
}

/**
 * The other violations where the race itself is closed, and on which releases: other races, in the
 * same scenario.
 */
export function othersOf(
  row: ExposureRow,
): readonly { readonly property: string; readonly ranges: readonly string[] }[] {
  const closed = row.cells.filter(({ status }) => status === 'closed');
  const names = new Set(closed.flatMap(({ others }) => others.map(({ property }) => property)));
  return [...names].map((property) => {
    const isSo = ({ status, others }: ExposureCell): boolean =>
      status === 'closed' && others.some((other) => other.property === property);
    return { property, ranges: rangesWhere(row, isSo) };
  });
}

/** `cause=user`, or nothing. */
export function settingText(setting: AnyPoint): string {
  return Object.entries(setting)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** `bug-2004555 cause=user` */
export function nameOf({ scenario, setting }: Pick<ExposureRow, 'scenario' | 'setting'>): string {
  return `${scenario} ${settingText(setting)}`.trim();
}

/** The number of rows with this status on a release. */
export function amountOn({ rows }: Exposure, release: string, status: ExposureStatus): number {
  return rows.filter(({ cells }) =>
    cells.some((cell) => cell.release === release && cell.status === status),
  ).length;
}

/** The title of each status. */
export const statusTitles: { readonly [status in ExposureStatus]: string } = {
  exposed: 'exposed',
  partly: 'partly closed',
  closed: 'closed',
  not_applicable: 'not applicable',
  undecided: 'undecided',
};
