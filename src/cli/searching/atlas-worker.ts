import { parentPort, workerData } from 'node:worker_threads';
import { type AtlasOptions, Cells } from '../../atlas/cell.ts';
import { guardProcess } from '../system/process-guards.ts';
import { type CellTask, computeCell } from './compute-cell.ts';

// Kept from before `guardProcess`, which takes `parentPort` away.
const port = parentPort;
guardProcess();
// Only the command starts this file, so the data are its options.
const cells = new Cells(workerData as AtlasOptions);

port?.on('message', (task: CellTask) => {
  port.postMessage(computeCell(cells, task));
});
