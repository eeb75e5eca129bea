import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fitReply } from './fit-reply.ts';
import type { ThreadCall, ThreadMessage } from './tool-thread.ts';

/** The reply of a call, as text for the client. */
export interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

/** Calls that may wait for the present one. */
const waitingMax = 16;
/** Seconds beyond its budget after which a call is ended with its thread. */
const graceSeconds = 1;
/** Seconds that a new thread may take to load. */
const startingSeconds = 60;

/**
 * A thread that keeps compiled models and counterexamples from call to call. It answers one call
 * after another. A call that does not end within its budget ends with the thread, and the next call
 * gets a new one: neither an endless loop nor a full heap reaches the process.
 */
export class WarmThread {
  #worker: Worker | undefined;
  #ready: Promise<unknown> = Promise.resolve();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor() {
    this.#start();
  }

  /** Asks the thread, after the calls before. `signal` stops a search with what is known. */
  ask(call: ThreadCall, signal: AbortSignal): Promise<Answer> {
    if (this.#waiting >= waitingMax) return Promise.resolve(failure(full));
    this.#waiting += 1;
    const answer = this.#last.then(() => this.#ask(call, signal));
    this.#last = answer.finally(() => {
      this.#waiting -= 1;
    });
    return answer;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #ask(call: ThreadCall, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return failure({ what: 'the call was cancelled' });
    const worker = this.#worker ?? this.#start();
    const timer = new AbortController();
    const { signal: over } = timer;
    const stop = (): void => worker.postMessage('stop');
    try {
      const starting = setTimeout(startingSeconds * 1000, undefined, { signal: over });
      await Promise.race([this.#ready, starting.catch(() => undefined)]);
      const answered = answerOf(worker, over);
      signal.addEventListener('abort', stop, { once: true });
      worker.postMessage(call);
      const ms = (call.asked.seconds + graceSeconds) * 1000;
      const waited = setTimeout(ms, tooLong(call.asked.seconds), { signal: over });
      const answer = await Promise.race([answered, waited.catch(() => undefined)]);
      if (answer !== undefined && 'text' in answer) return answer;
      await this.#replace(worker);
      return failure(answer ?? ended);
    } finally {
      timer.abort();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Ends a thread, and starts the next one before it is asked for. */
  async #replace(worker: Worker): Promise<void> {
    await worker.terminate();
    this.#start();
  }

  #start(): Worker {
    // What a model prints would stand in the middle of the protocol.
    const worker = new Worker(new URL('./tool-thread.js', import.meta.url), { stdout: true });
    this.#ready = new Promise((resolve) => {
      // An error of a thread without a listener would end the process.
      worker.once('message', resolve).once('exit', resolve).on('error', resolve);
    });
    this.#worker = worker;
    return worker;
  }
}

/** The next answer of a thread, or why it gives none. Listens until `over`. */
function answerOf(worker: Worker, over: AbortSignal): Promise<Answer | Problem> {
  return new Promise((resolve) => {
    const tell = (message: ThreadMessage): void => {
      if (message !== 'ready') resolve(message);
    };
    const fail = (error: unknown): void => resolve(problemOf(error));
    const exit = (): void => resolve(ended);
    worker.on('message', tell).once('error', fail).once('exit', exit);
    over.addEventListener('abort', () => {
      worker.off('message', tell).off('error', fail).off('exit', exit);
    });
  });
}

interface Problem {
  readonly what: string;
  readonly mend?: string;
}

const failure = (error: Problem): Answer => ({ text: fitReply({ error }), isError: true });

const full: Problem = {
  what: `${waitingMax} calls wait already: no more are taken`,
  mend: 'Call again when some have been answered.',
};

const ended: Problem = {
  what: 'the thread of the check ended without a reply; nothing is decided',
};

const tooLong = (seconds: number): Problem => ({
  what: `the call was not done within its ${seconds} seconds and was ended: nothing is decided`,
  mend: 'Look for a loop or an await that never ends. Give more seconds, or smaller parameters.',
});

function problemOf(error: unknown): Problem {
  const isMemory = error instanceof Error && Reflect.get(error, 'code') === memoryCode;
  return isMemory
    ? {
        what: 'the call needs more memory than its thread may have: nothing is decided',
        mend: 'Bound it with `states`, or set smaller parameters.',
      }
    : { what: String(error) };
}

const memoryCode = 'ERR_WORKER_OUT_OF_MEMORY';
