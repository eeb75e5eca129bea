import type { AtlasCell } from '../../atlas/atlas.ts';
import type { Cells } from '../../atlas/cell.ts';
import type { RequestName } from '../../atlas/requests.ts';
import { problemFrom } from './problem.ts';

/** One request alone, or two of them. */
export type CellTask = readonly [RequestName] | readonly [RequestName, RequestName];

/** The cell, or why there is none. */
export type CellMessage =
  | { readonly cell: AtlasCell }
  | { readonly problem: { readonly what: string; readonly where?: string | undefined } };

/** Computes one cell. Does not throw. */
export function computeCell(cells: Cells, [one, other]: CellTask): CellMessage {
  try {
    return { cell: other === undefined ? cells.alone(one) : cells.pair(one, other) };
  } catch (error) {
    const { what, where } = problemFrom(error);
    return { problem: { what, where } };
  }
}
