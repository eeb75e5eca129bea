import { CheckRun } from './check-run.ts';
import type { CheckTask } from './check-worker.ts';

/** The largest number of checks that run at once. Each has a thread and its states in memory. */
export const runningMax = 2;
/** The largest number of checks that wait for those. */
export const waitingMax = 8;

/** The checks of all pages: a few run, a few wait, and the queue refuses more. */
export class CheckQueue {
  readonly #running = new Set<CheckRun>();
  #waiting: readonly CheckRun[] = [];
  #asked = 0;
  #isClosed = false;

  /** Adds a check; undefined when the queue is full. */
  add(task: CheckTask): CheckRun | undefined {
    if (this.#isClosed || this.#waiting.length >= waitingMax) return undefined;
    this.#asked += 1;
    const run = new CheckRun(String(this.#asked), task, (ended) => {
      this.#running.delete(ended);
      this.#advance();
    });
    this.#waiting = [...this.#waiting, run];
    this.#advance();
    return run;
  }

  /** The check with this id, if it runs or waits. */
  find(id: string): CheckRun | undefined {
    return [...this.#running, ...this.#waiting].find((run) => run.id === id);
  }

  /** Ends all checks and takes no more. Resolves when all of their threads have ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#running, ...this.#waiting].map((run) => run.end()));
  }

  #advance(): void {
    this.#waiting = this.#waiting.filter((run) => !run.isOver);
    while (this.#running.size < runningMax) {
      const [next, ...others] = this.#waiting;
      if (next === undefined || this.#isClosed) break;
      this.#waiting = others;
      this.#running.add(next);
      next.begin();
    }
    for (const [i, run] of this.#waiting.entries()) run.waitFor(this.#running.size + i);
  }
}
