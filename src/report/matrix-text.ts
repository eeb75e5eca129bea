import Table from 'cli-table3';
import type { Result } from '../checker/result/result.ts';
import type { AnyPoint } from '../spec/parameters.ts';
import { number } from './figures.ts';
import {
  type Axis,
  type Cell,
  cellOf,
  combinations,
  type Grid,
  letter,
  violatedIn,
} from './grid.ts';
import { legendLines } from './matrix-legend.ts';
import { headline } from './result-text.ts';
import type { TextStyle } from './text-style.ts';
import { pad, widthOf } from './text-width.ts';

/**
 * A grid as a table of verdicts. Where `look.width` allows it, the last parameter runs across and
 * the others run down. Parameters without room become headings; a parameter with one value stands
 * in the title.
 */
export function matrixLines(grid: Grid, look: TextStyle): string[] {
  const varying = grid.axes.filter(({ values }) => values.length > 1);
  const fixed = grid.axes.filter(({ values }) => values.length === 1);
  const [fixedPoint = {}] = combinations(fixed);
  const cells = renderCells(grid, look);
  const layout = layOut(varying, cells.width, look.width - 2);
  return [
    ...headline(grid.scenario, fixedPoint, look, faultsOf(grid)),
    '',
    ...tableLines(layout, fixedPoint, cells, look),
    '',
    ...legendLines(grid, look),
  ];
}

/** The fault budgets that apply to the whole grid. */
function faultsOf({ points }: Grid): Result['faults'] {
  return points.find(({ result }) => result !== undefined)?.result?.faults;
}

/** The direction of each parameter. */
interface Layout {
  readonly headings: readonly Axis[];
  readonly down: readonly Axis[];
  /** Undefined when all cells stand in one column. */
  readonly across: Axis | undefined;
}

const gap = 3;

function layOut(varying: readonly Axis[], cellWidth: number, width: number): Layout {
  const axes = longLast(varying);
  // The last axis that fits runs across, as long as another one is left to run down.
  for (const across of axes.length > 1 ? [...axes].reverse() : []) {
    const others = axes.filter((axis) => axis !== across);
    const heads = across.values.map((value) => widthOf(`${across.name}=${value}`));
    const used = heads.reduce((sum, head) => sum + gap + Math.max(cellWidth, head), 0);
    if (columnWidth(others.at(-1)) + used <= width) {
      return { ...split(others, width - used), across };
    }
  }
  return { ...split(axes, width - gap - cellWidth), across: undefined };
}

/** Long scales run down innermost, because neighbours with equal cells become one row there. */
function longLast(axes: readonly Axis[]): Axis[] {
  const long = axes.filter((axis) => isScale(axis) && axis.values.length > 5);
  return [...axes.filter((axis) => !long.includes(axis)), ...long];
}

/** The trailing axes that fit next to each other; those before them become headings. */
function split(axes: readonly Axis[], width: number): Omit<Layout, 'across'> {
  let from = axes.length;
  let used = 0;
  while (from > 0 && (used === 0 || used + gap + columnWidth(axes[from - 1]) <= width)) {
    from -= 1;
    used += (used === 0 ? 0 : gap) + columnWidth(axes[from]);
  }
  return { headings: axes.slice(0, from), down: axes.slice(from) };
}

function columnWidth(axis: Axis | undefined): number {
  if (axis === undefined) return 0;
  const widths = axis.values.map((value) => widthOf(String(value))).sort((a, b) => b - a);
  const [first = 0, second = 0] = widths;
  return Math.max(widthOf(axis.name), isScale(axis) ? first + '..'.length + second : first);
}

/**
 * True for values whose order makes `stein..zed` meaningful: numbers, and long lists such as
 * releases.
 */
function isScale({ values }: Axis): boolean {
  return values.length > 5 || values.every((value) => typeof value === 'number');
}

interface Cells {
  readonly width: number;
  /** The text of the cell at a point of all axes. */
  at(point: AnyPoint): string;
}

function renderCells(grid: Grid, look: TextStyle): Cells {
  const letters = new Map(violatedIn(grid).map(({ name }, i) => [name, letter(i)]));
  const key = (point: AnyPoint): string => JSON.stringify(grid.axes.map(({ name }) => point[name]));
  const cells = new Map(
    grid.points.map((point) => [key(point.parameters), cellOf(point, letters)]),
  );
  const all = [...cells.values()];
  const verdict = Math.max(0, ...all.map((cell) => widthOf(cell.verdict)));
  const states = Math.max(0, ...all.map((cell) => statesText(cell).length));
  const mark = all.some(({ surprising }) => surprising) ? 1 : 0;
  const text = (cell: Cell | undefined): string => {
    if (cell === undefined) return '';
    const { paint } = look;
    const figures = pad(statesText(cell), states, 'left');
    return `${paint[cell.tone](pad(cell.verdict, verdict))} ${figures}${paint.bad(pad(cell.surprising ? '!' : '', mark))}`;
  };
  return { width: verdict + 1 + states + mark, at: (point) => text(cells.get(key(point))) };
}

function statesText(cell: Cell): string {
  return cell.states === undefined ? '' : number(cell.states);
}

/** The table without rules. `fixed` holds the parameters that do not vary in it. */
function tableLines(layout: Layout, fixed: AnyPoint, cells: Cells, look: TextStyle): string[] {
  const { headings, down, across } = layout;
  const columns: readonly AnyPoint[] = across === undefined ? [{}] : combinations([across]);
  const heads = columns.map((column) => pointText(column) || 'verdict, states');
  const table = new Table({
    head: [...down.map(({ name }) => name), ...heads].map(look.paint.dim),
    chars: noRules,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  const textsAt = (point: AnyPoint): string[] =>
    columns.map((column) => cells.at({ ...fixed, ...point, ...column }));
  for (const section of combinations(headings)) {
    if (headings.length > 0) {
      const content = look.paint.strong(pointText(section));
      table.push([{ colSpan: down.length + columns.length, content }]);
    }
    let above: AnyPoint = {};
    for (const { row, upTo } of mergedRows(down, (row) => textsAt({ ...section, ...row }))) {
      const labels = rowLabels(row, above, down);
      if (upTo !== undefined) labels[labels.length - 1] += `..${upTo}`;
      table.push([...labels, ...textsAt({ ...section, ...row })]);
      above = row;
    }
  }
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
}

interface MergedRow {
  readonly row: AnyPoint;
  /**
   * The last value of the last axis with the same cells as `row`; undefined if only `row` has them.
   */
  readonly upTo: AnyPoint[string] | undefined;
}

/** Merges rows with equal cells that differ only in the last axis into one: `stein..zed`. */
function mergedRows(
  down: readonly Axis[],
  texts: (row: AnyPoint) => readonly string[],
): MergedRow[] {
  const last = down.at(-1);
  const merges = last !== undefined && isScale(last);
  const merged: MergedRow[] = [];
  for (const before of combinations(down.slice(0, -1))) {
    let same: string | undefined;
    for (const value of last?.values ?? []) {
      const row = last === undefined ? before : { ...before, [last.name]: value };
      const cells = JSON.stringify(texts(row));
      const above = merged.at(-1);
      if (merges && cells === same && above !== undefined)
        merged[merged.length - 1] = { row: above.row, upTo: value };
      else merged.push({ row, upTo: undefined });
      same = cells;
    }
  }
  return last === undefined ? [{ row: {}, upTo: undefined }] : merged;
}

const noRules = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' },
  middle: ' '.repeat(gap),
};

/** The values of a row. Leading values that equal those of the row above are left out. */
function rowLabels(row: AnyPoint, above: AnyPoint, axes: readonly Axis[]): string[] {
  const differs = axes.findIndex(({ name }) => row[name] !== above[name]);
  return axes.map(({ name }, i) => (i < differs ? '' : String(row[name])));
}

function pointText(point: AnyPoint): string {
  return Object.entries(point)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
