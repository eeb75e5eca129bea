import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AtlasCell } from '../../atlas/atlas.ts';
import type { AtlasOptions } from '../../atlas/cell.ts';
import type { Stop } from '../system/stop.ts';
import type { CellMessage, CellTask } from './atlas-worker.ts';

/** How often it is asked whether the user has had enough. */
const lookEveryMs = 100;

/** What became of a task; nothing where it was stopped before. */
export type Done = (task: CellTask, message: CellMessage) => void;

/**
 * Computes cells in a thread for each processor. `done` is called for each, in the order in which
 * they end. Resolves when all are done, or `stop` is requested and the threads are gone; rejects
 * when a thread breaks.
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

  /** Undefined when it was ended. */
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

/** What is said of requests that were not computed. */
export const notComputed = (requests: CellTask): AtlasCell => ({
  requests,
  status: 'undecided',
  findings: [],
  parts: [],
});
