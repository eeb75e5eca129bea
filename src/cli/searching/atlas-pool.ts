import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AtlasCell } from '../../atlas/atlas.ts';
import type { AtlasOptions } from '../../atlas/cell.ts';
import type { Stop } from '../system/stop.ts';
import type { CellMessage, CellTask } from './compute-cell.ts';

/** Milliseconds between two looks at `stop`. */
const lookEveryMs = 100;

/** Gets the result of a task; no message where the task was stopped. */
export type Done = (task: CellTask, message: CellMessage) => void;

/**
 * Computes cells in one thread for each processor. Calls `done` for each cell as it ends. Resolves
 * when all have ended, or when `stop` is requested and all threads have ended. Rejects when a
 * thread breaks.
 */
export async function computeCells(
  tasks: readonly CellTask[],
  options: AtlasOptions,
  stop: Stop,
  done: Done,
): Promise<void> {
  const waiting = [...tasks].reverse();
  const amount = Math.min(availableParallelism(), tasks.length);
  const threads = Array.from({ length: amount }, () => new Thread(options));
  const work = async (thread: Thread): Promise<void> => {
    for (let task = waiting.pop(); task !== undefined && !stop.requested; task = waiting.pop()) {
      const message = await thread.compute(task);
      if (message === undefined) return;
      done(task, message);
    }
  };
  const look = setInterval(() => {
    if (stop.requested) for (const thread of threads) void thread.end();
  }, lookEveryMs);
  try {
    await Promise.all(threads.map(work));
  } finally {
    clearInterval(look);
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

class Thread {
  readonly #worker: Worker;
  #isOver = false;

  constructor(options: AtlasOptions) {
    this.#worker = new Worker(new URL('./atlas-worker.js', import.meta.url), {
      workerData: options,
    });
  }

  /** Undefined when the thread was ended. */
  compute(task: CellTask): Promise<CellMessage | undefined> {
    return new Promise((resolve, reject) => {
      const over = () => {
        if (this.#isOver) resolve(undefined);
        else reject(new Error('a thread of the atlas has ended without an answer'));
      };
      this.#worker.once('error', reject);
      this.#worker.once('exit', over);
      this.#worker.once('message', (message: CellMessage) => {
        this.#worker.off('error', reject);
        this.#worker.off('exit', over);
        resolve(message);
      });
      this.#worker.postMessage(task);
    });
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#worker.terminate();
  }
}

/** The cell for requests that were not computed. */
export const notComputed = (requests: CellTask): AtlasCell => ({
  requests,
  status: 'undecided',
  findings: [],
  parts: [],
});
