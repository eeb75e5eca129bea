import { totalmem } from 'node:os';
import type { Context, Hono } from 'hono';
import { askedCheck } from './check-query.ts';
import { type CheckQueue, runningMax, waitingMax } from './check-queue.ts';
import type { ExplorerCatalog, ShownModel } from './explorer-catalog.ts';
import { errorJson } from './refusals.ts';

/**
 * The two routes for checks. One starts a check and streams its progress; the first event is the id
 * of the check. The other ends the check with that id early.
 */
export function addChecks(app: Hono, catalog: ExplorerCatalog, queue: CheckQueue): void {
  app.get('/check/:id', async (context) => {
    const shown = await catalog.present(context.req.param('id'));
    return shown === undefined ? unknownModel(context, catalog) : start(context, shown, queue);
  });
  app.get('/check/:id/:version', async (context) => {
    const { id, version } = context.req.param();
    const shown = await catalog.version(id, version);
    if (shown !== undefined) return start(context, shown, queue);
    if (catalog.models.some((model) => model.id === id)) return context.json(outdated, 409);
    return unknownModel(context, catalog);
  });
  app.post('/stop/:id', (context) => {
    const run = queue.find(context.req.param('id'));
    if (run === undefined) return context.notFound();
    run.stop();
    return context.body(null, 204);
  });
}

function start(context: Context, shown: ShownModel, queue: CheckQueue): Response {
  // Hono routes HEAD like GET. Its client reads no body, so the check would never end.
  if (context.req.method === 'HEAD') return context.body(null, 405, { Allow: 'GET' });
  const asked = askedCheck(shown, queryOf(context));
  if ('refused' in asked) {
    return context.json({ ...errorJson(asked.refused), known: asked.known }, 400);
  }
  const run = queue.add({ ...asked.task, memoryMaxBytes });
  if (run === undefined) return context.json(full, 503, { 'Retry-After': '5' });
  return context.body(run.events, 200, { 'Content-Type': 'text/event-stream' });
}

/** The query as it was sent: the part after the first question mark. */
export function queryOf({ req }: Context): string {
  const cut = req.url.indexOf('?');
  return cut < 0 ? '' : req.url.slice(cut + 1);
}

function unknownModel(context: Context, catalog: ExplorerCatalog): Response {
  const models = catalog.models.map(({ id }) => id);
  const what = `the explorer shows no model '${context.req.param('id')}'`;
  return context.json({ error: { what, where: null, mend: null }, known: { models } }, 404);
}

const full = {
  error: {
    what: `${runningMax} checks run and ${waitingMax} wait: no more are taken`,
    where: null,
    mend: 'Try again when some have ended.',
  },
};

const outdated = {
  error: {
    what: 'the model has changed too often since this page was made, or the explorer was started again',
    where: null,
    mend: 'Load the page again.',
  },
};

/** All checks together may take half of the machine's memory. */
const memoryMaxBytes = Math.floor(totalmem() / 2 / runningMax);
