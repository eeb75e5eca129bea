import type { Sheet, SheetCell } from '../report/sheet/sheet.ts';
import {
  type Exposure,
  type ExposureCell,
  type ExposureStatus,
  exposureStatuses,
  nameOf,
  statusTitles,
} from './exposure.ts';

const marks: { readonly [status in ExposureStatus]: Omit<SheetCell, 'title'> } = {
  exposed: { sign: 'X', tone: 'bad' },
  partly: { sign: '~', tone: 'warn' },
  closed: { sign: '.', tone: 'good' },
  not_applicable: { sign: '-', tone: 'dim' },
  undecided: { sign: '?', tone: 'warn' },
};

/** The exposure as a table: a row for each race, a column for each release. */
export function exposureSheet({ releases, rows }: Pick<Exposure, 'releases' | 'rows'>): Sheet {
  const used = new Set(rows.flatMap(({ cells }) => cells.map(({ status }) => status)));
  return {
    title: 'Which releases are exposed to which race',
    about: `${rows.length} races by ${releases.length} releases; every cell is a search of all states`,
    columns: releases,
    rows: rows.map((row) => {
      const cells = new Map(row.cells.map((cell) => [cell.release, cell]));
      return {
        name: nameOf(row),
        cells: releases.map((release) => {
          const cell = cells.get(release);
          return cell === undefined ? undefined : cellOf(nameOf(row), cell);
        }),
      };
    }),
    legend: exposureStatuses
      .filter((status) => used.has(status))
      .map((status) => ({ ...marks[status], title: statusTitles[status] })),
  };
}

function cellOf(name: string, { release, status, violated, reason }: ExposureCell): SheetCell {
  const found = violated.map(({ property, steps }) => `${property} (${steps} steps)`);
  const why = reason === undefined ? [] : [reason];
  const title = [`${name}, ${release}: ${statusTitles[status]}`, ...found, ...why].join('; ');
  return { ...marks[status], title };
}
