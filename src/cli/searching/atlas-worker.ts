import { parentPort, workerData } from 'node:worker_threads';
import type { AtlasCell } from '../../atlas/atlas.ts';
import { type AtlasOptions, Cells } from '../../atlas/cell.ts';
import type { RequestName } from '../../atlas/requests.ts';
import { guardProcess } from '../system/process-guards.ts';
import { problemFrom } from './problem.ts';

/** One request alone, or two of them. */
export type CellTask = readonly [RequestName] | readonly [RequestName, RequestName];

/** The answer of a thread: the cell, or why there is none. */
export type CellMessage =
  | { readonly cell: AtlasCell }
  | { readonly problem: { readonly what: string; readonly where?: string | undefined } };

// Kept from before `guardProcess`, which takes `parentPort` away.
const port = parentPort;
guardProcess();
// Only the command starts this file, so the data are its options.
const cells = new Cells(workerData as AtlasOptions);

port?.on('message', (task: CellTask) => {
  port.postMessage(answer(task));
});

function answer([one, other]: CellTask): CellMessage {
  try {
    return { cell: other === undefined ? cells.alone(one) : cells.pair(one, other) };
  } catch (error) {
    const { what, where } = problemFrom(error);
    return { problem: { what, where } };
  }
}
