import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CheckMessage, CheckTask } from './check-worker.ts';

/**
 * Milliseconds that a thread may take to load its model before it is ended, because a file may wait
 * for ever.
 */
const loadingMsMax = 30_000;

/**
 * A check for a page. It waits for its turn, runs in a thread of its own, and reports its progress.
 */
export class CheckRun {
  readonly id: string;
  /** Progress and result as server-sent events. When the reader leaves, the check ends. */
  readonly events: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #task: CheckTask;
  readonly #onEnd: (run: CheckRun) => void;
  #out: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #worker: Worker | undefined;
  #isOver = false;
  /** Resolves when the thread has ended and its memory is free. */
  #gone: Promise<void> = Promise.resolve();
  /** Resolves when the thread has read all of its files. */
  #loaded: Promise<unknown> = Promise.resolve();
  #ahead: number | undefined;

  /** `onEnd` is called once, when the check and its thread have ended. */
  constructor(id: string, task: CheckTask, onEnd: (run: CheckRun) => void) {
    this.id = id;
    this.#task = task;
    this.#onEnd = onEnd;
    this.events = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        this.#out = controller;
      },
      cancel: () => this.end(),
    });
    this.#tell('started', { id });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Tells the page how many checks must end before this one begins. */
  waitFor(ahead: number): void {
    if (ahead !== this.#ahead) this.#tell('waiting', { ahead });
    this.#ahead = ahead;
  }

  /** Starts the thread. */
  begin(): void {
    const worker = new Worker(new URL('./check-worker.js', import.meta.url), {
      workerData: this.#task,
    });
    this.#worker = worker;
    this.#loaded = new Promise((resolve) => {
      worker.once('message', resolve);
      worker.once('exit', resolve);
    });
    worker.on('message', ({ event, data }: CheckMessage) => {
      if (event === 'ready') return;
      // A slow reader misses some progress, because events must not pile up here.
      if (event === 'progress' && (this.#out?.desiredSize ?? 0) <= 0) return;
      this.#tell(event, data);
      if (event !== 'progress') void this.end();
    });
    worker.on('error', (error) => this.#break(inWords(error)));
    worker.on('exit', () => this.#break('The thread of the check has ended without a result.'));
  }

  /** Asks the check to end with the verdicts that are known. A waiting check has none. */
  stop(): void {
    if (this.#worker === undefined) this.#break('The check was stopped before it began.');
    else this.#worker.postMessage('stop');
  }

  /** Ends the check at once. Resolves when its thread has ended. */
  end(): Promise<void> {
    if (this.#isOver) return this.#gone;
    this.#isOver = true;
    try {
      this.#out?.close();
    } catch {
      // The reader has left.
    }
    this.#gone = this.#endThread().then(() => this.#onEnd(this));
    return this.#gone;
  }

  /**
   * Waits until the thread has loaded its modules before ending it: otherwise their files stay open
   * as long as the process lives.
   */
  async #endThread(): Promise<void> {
    const waiting = new AbortController();
    const tooLong = setTimeout(loadingMsMax, undefined, { signal: waiting.signal, ref: false });
    await Promise.race([this.#loaded, tooLong.catch(() => undefined)]);
    waiting.abort();
    await this.#worker?.terminate();
  }

  #break(message: string): void {
    if (this.#isOver) return;
    this.#tell('problem', { message });
    void this.end();
  }

  #tell(event: string, data: object): void {
    if (this.#isOver) return;
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#out?.enqueue(new TextEncoder().encode(text));
  }
}

function inWords(error: unknown): string {
  const isMemory = error instanceof Error && Reflect.get(error, 'code') === memoryCode;
  return isMemory
    ? 'The check needs more memory than a thread may have: nothing is decided. Bound its states.'
    : String(error);
}

const memoryCode = 'ERR_WORKER_OUT_OF_MEMORY';
