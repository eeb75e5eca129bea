import { CheckRun } from './check-run.ts';
import type { CheckTask } from './check-worker.ts';

/** Checks that run at once; each has a thread and its states in memory. */
export const runningMax = 2;
/** Checks that wait for one of those to end. */
export const waitingMax = 8;

/** The checks of all pages: few run at once, some wait for their turn, and any more are refused. */
export class CheckQueue {
  readonly #running = new Set<CheckRun>();
  #waiting: readonly CheckRun[] = [];
  #asked = 0;
  #isClosed = false;

  /** A check in the queue; undefined when the queue is full. */
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

  /** The check of this id that runs or waits, if there is one. */
  find(id: string): CheckRun | undefined {
    return [...this.#running, ...this.#waiting].find((run) => run.id === id);
  }

  /** Ends all checks. Resolves when nothing of them is left; no check is taken any more. */
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
