import { availableParallelism } from 'node:os';
import { shownUrl } from '../redis/client.ts';
import { work } from '../redis/work.ts';
import { type ExitCode, exitCodes } from '../system/exit-code.ts';
import { stopOnSignal } from '../system/stop.ts';
import { printError } from '../system/terminal.ts';
import type { WorkerFlags } from './worker.ts';

/** `racewright worker`. Throws CliUsageError where there is no Redis. */
export async function workerCommand(address: string, flags: WorkerFlags): Promise<ExitCode> {
  const { threads = availableParallelism(), lease = 30 } = flags;
  const stop = stopOnSignal();
  printError([`working for ${shownUrl(address)}, ${threads} at a time; Ctrl-C ends`]);
  await work(address, { threads, lease }, stop);
  return exitCodes.asExpected;
}
