import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CheckMessage, CheckTask } from './check-worker.ts';

/**
 * Milliseconds after which a thread that has not loaded its model is ended all the same: a file may
 * wait for something that never comes.
 */
const loadingMsMax = 30_000;

/**
 * A check that a page has asked for: it waits for its turn, runs in a thread of its own, and tells
 * how it goes.
 */
export class CheckRun {
  readonly id: string;
  /** What is told, as server-sent events. When its reader goes the check ends. */
  readonly events: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #task: CheckTask;
  readonly #onEnd: (run: CheckRun) => void;
  #out: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #worker: Worker | undefined;
  #isOver = false;
  /** Resolves when its thread has gone, with all that it held. */
  #gone: Promise<void> = Promise.resolve();
  /** Resolves when its thread reads no more files. */
  #loaded: Promise<unknown> = Promise.resolve();
  #ahead: number | undefined;

  /** `onEnd` is called once, when nothing of it is left. */
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

  /** Says how many checks must end before it begins. */
  waitFor(ahead: number): void {
    if (ahead !== this.#ahead) this.#tell('waiting', { ahead });
    this.#ahead = ahead;
  }

  /** Starts its thread. */
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
      // Who reads slowly misses some of the progress: it must not pile up here.
      if (event === 'progress' && (this.#out?.desiredSize ?? 0) <= 0) return;
      this.#tell(event, data);
      if (event !== 'progress') void this.end();
    });
    worker.on('error', (error) => this.#break(inWords(error)));
    worker.on('exit', () => this.#break('The thread of the check has ended without a result.'));
  }

  /** Asks it to end with what is known; one that waits has nothing to tell. */
  stop(): void {
    if (this.#worker === undefined) this.#break('The check was stopped before it began.');
    else this.#worker.postMessage('stop');
  }

  /** Ends it, whatever it does. Resolves when nothing of it is left. */
  end(): Promise<void> {
    if (this.#isOver) return this.#gone;
    this.#isOver = true;
    try {
      this.#out?.close();
    } catch {
      // Its reader has gone.
    }
    this.#gone = this.#endThread().then(() => this.#onEnd(this));
    return this.#gone;
  }

  /**
   * A thread that is ended while it reads its modules leaves their files open for as long as the
   * process lives.
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
