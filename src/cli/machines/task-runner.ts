import { Worker } from 'node:worker_threads';
import type { TaskAnswer, TaskMessage } from './task-messages.ts';

/**
 * Does one task after another in a thread, so that the process itself stays responsive while a
 * task computes. A thread that broke is replaced.
 */
export class TaskRunner {
  #thread: Worker | undefined;
  #leave: (() => void) | undefined;

  /** The answer; undefined when `end` was called meanwhile. Rejects when the thread breaks. */
  run(message: TaskMessage): Promise<TaskAnswer | undefined> {
    const thread = this.#thread ?? new Worker(new URL('./task-thread.js', import.meta.url));
    this.#thread = thread;
    return new Promise((resolve, reject) => {
      const over = (settle: () => void): void => {
        thread.off('error', onError).off('exit', onExit).off('message', onAnswer);
        // What still comes from a thread that is ended has no reader.
        thread.on('error', ignore);
        this.#leave = undefined;
        settle();
      };
      const broken = (reason: string): void =>
        over(() => {
          this.#thread = undefined;
          reject(new Error(reason));
        });
      const onError = (error: unknown): void => broken(inWords(error));
      const onExit = (): void => broken('its thread has ended without an answer');
      const onAnswer = (answer: TaskAnswer): void => over(() => resolve(answer));
      this.#leave = () => over(() => resolve(undefined));
      thread.off('error', ignore);
      thread.on('error', onError).on('exit', onExit).on('message', onAnswer);
      thread.postMessage(message);
    });
  }

  /** Ends the task and its thread. Another task begins with a new one. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#leave?.();
    await thread?.terminate();
  }
}

const ignore = (): void => undefined;

function inWords(error: unknown): string {
  const isMemory = Reflect.get(Object(error), 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? 'it needs more memory than a thread may have' : String(error);
}
