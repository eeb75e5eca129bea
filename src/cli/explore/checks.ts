import { Worker } from 'node:worker_threads';
import type { Context, Hono } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { boundsFrom } from '../../explorer/bounds.ts';
import { placeFrom } from '../../explorer/share-link.ts';
import type { CheckMessage, CheckTask } from './check-worker.ts';
import type { Exhibition } from './server.ts';

/**
 * The routes that check: one starts a check and tells how it goes, the other ends one early with what is known by then. The first
 * thing that is told of a check is the name under which it can be ended.
 */
export function addChecks(app: Hono, exhibition: Exhibition): void {
  const running = new Map<string, Worker>();
  let started = 0;
  app.get('/check/:name', async (context) => {
    const chosen = await exhibition.find(context.req.param('name'));
    if (chosen === undefined) return context.notFound();
    const { search } = new URL(context.req.url);
    const { set, faults } = placeFrom(search.slice(1));
    const task = { typed: chosen.typed, set, faults, bounds: boundsFrom(search) };
    started += 1;
    return streamCheck(context, task, String(started), running);
  });
  app.post('/stop/:id', (context) => {
    const worker = running.get(context.req.param('id'));
    if (worker === undefined) return context.notFound();
    worker.postMessage('stop');
    return context.body(null, 204);
  });
}

/** A check in a thread of its own, which ends when nobody listens any longer. */
function streamCheck(
  context: Context,
  task: CheckTask,
  id: string,
  running: Map<string, Worker>,
): Response {
  return streamSSE(context, async (stream) => {
    const worker = new Worker(new URL('./check-worker.js', import.meta.url), { workerData: task });
    running.set(id, worker);
    const ended = listened(stream, worker);
    await tell(stream, 'started', { id });
    await ended;
    running.delete(id);
    await worker.terminate();
  });
}

/** Resolves when the check has ended, or the one who listened has gone. */
function listened(stream: SSEStreamingApi, worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    stream.onAbort(() => resolve());
    worker.on('message', ({ event, data }: CheckMessage) => {
      void tell(stream, event, data).then(() => (event === 'progress' ? undefined : resolve()));
    });
    worker.on('error', (error) => {
      void tell(stream, 'problem', { message: String(error) }).then(resolve);
    });
    worker.on('exit', () => resolve());
  });
}

function tell(stream: SSEStreamingApi, event: string, data: object): Promise<void> {
  return stream.writeSSE({ event, data: JSON.stringify(data) });
}
