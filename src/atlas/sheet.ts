import type { Sheet, SheetCell } from '../report/sheet/sheet.ts';
import { type CellStatus, cellStatuses } from './atlas.ts';
import type { AtlasDocument, CellRecord } from './atlas-document.ts';
import { cellSigns, meanings, tones } from './matrix.ts';

/** The parts of the document that the table shows. */
interface ShownAtlas extends Pick<AtlasDocument, 'release' | 'withFaults'> {
  readonly pairs: readonly Pick<CellRecord, 'requests' | 'status' | 'findings'>[];
}

/** The atlas as a table: a row and a column for each request, below the diagonal. */
export function atlasSheet({ release, withFaults, pairs }: ShownAtlas): Sheet {
  const names = [...new Set(pairs.flatMap(({ requests }) => requests))];
  const cells = new Map(pairs.map((cell) => [cell.requests.join('+'), cell]));
  const used = new Set(pairs.map(({ status }) => status));
  return {
    title: `What any two requests violate together, release ${release}`,
    about: `${pairs.length} pairs of requests, ${withFaults ? 'with each single fault' : 'without faults'}`,
    columns: names,
    rows: names.map((row, i) => ({
      name: row,
      cells: names.slice(0, i + 1).map((column) => {
        const cell = cells.get(`${column}+${row}`) ?? cells.get(`${row}+${column}`);
        if (cell === undefined) return undefined;
        const found = cell.findings.map(({ property, steps }) => `${property} (${steps} steps)`);
        const title = [`${column} and ${row}: ${meanings[cell.status]}`, ...found].join('; ');
        return { ...markOf(cell.status), title };
      }),
    })),
    legend: cellStatuses.filter((status) => used.has(status)).map(markOf),
  };
}

const markOf = (status: CellStatus): SheetCell => ({
  sign: cellSigns[status],
  title: meanings[status],
  tone: tones[status],
});
