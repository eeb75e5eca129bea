import { type Context, Hono } from 'hono';
import type { PageData } from '../../explorer/page-data.ts';
import { style } from '../../explorer/style.ts';
import { problemLines } from '../../report/problem-text.ts';
import { modelSource } from '../page/model-source.ts';
import { escapeHtml, servedPage, servedPolicy } from '../page/page-html.ts';
import { type ModelScript, modelScript, pageScript } from '../page/page-script.ts';
import { problemFrom } from '../searching/problem.ts';
import { outputLook } from '../system/terminal.ts';
import type { CheckQueue } from './check-queue.ts';
import { addChecks, queryOf } from './checks.ts';
import type { ExplorerCatalog, ShownModel } from './explorer-catalog.ts';
import { errorJson, refusalOf } from './refusals.ts';

/** The parts that the routes need. */
export interface Served {
  readonly catalog: ExplorerCatalog;
  readonly queue: CheckQueue;
  readonly invocation: readonly string[];
}

/** The largest number of model scripts in memory; each takes some hundred kilobytes. */
const scriptsMax = 16;

/**
 * The routes of the explorer: a page for each scenario, its script, the style sheet, and checks.
 * They answer only pages of the explorer itself, so that another site in the same browser can
 * neither read a model nor start a check.
 */
export function explorerRoutes({ catalog, queue, invocation }: Served): Hono {
  const app = new Hono();
  const script = pageScript();
  const scriptOf = keptScripts();
  app.use(async (context, next) => {
    const refusal = refusalOf(context);
    if (refusal !== undefined)
      return context.text(`${refusal.why}\n`, refusal.status, securityHeaders);
    if (queryOf(context) !== '' && !context.req.path.startsWith('/check/'))
      return context.text(noQuery, 400, securityHeaders);
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
    return undefined;
  });
  app.get('/', (context) =>
    context.redirect(`/explore/${encodeURIComponent(catalog.models[0]?.id ?? '')}`),
  );
  app.get('/style.css', (context) => context.body(style, 200, { 'Content-Type': 'text/css' }));
  app.get('/explore/:id', async (context) => {
    const shown = await catalog.present(context.req.param('id'));
    if (shown === undefined) return context.notFound();
    void scriptOf(shown);
    const data = pageData(shown, catalog, invocation);
    const title = escapeHtml(shown.chosen.scenario.name);
    const body = `<h1>${title}</h1><noscript>The explorer needs scripts.</noscript>`;
    return context.html(servedPage(data, body));
  });
  app.get('/page.js', async (context) =>
    context.body(await script, 200, { 'Content-Type': 'text/javascript' }),
  );
  app.get('/model/:id/:version', async (context) => {
    const { id, version } = context.req.param();
    const shown = await catalog.version(id, version);
    if (shown === undefined) return context.notFound();
    const { text } = await scriptOf(shown);
    return context.body(text, 200, { 'Content-Type': 'text/javascript' });
  });
  addChecks(app, catalog, queue);
  app.notFound((context) => context.text('There is nothing here.\n', 404));
  app.onError((error, context) => broken(error, context));
  return app;
}

/** Makes the scripts of models, and keeps the ones that were requested last. */
function keptScripts(): (shown: ShownModel) => Promise<ModelScript> {
  const kept = new Map<string, Promise<ModelScript>>();
  return ({ id, version, chosen }) => {
    const key = `${version} ${id}`;
    const made = kept.get(key) ?? modelScript([modelSource(chosen)]);
    kept.delete(key);
    kept.set(key, made);
    for (const old of [...kept.keys()].slice(0, -scriptsMax)) kept.delete(old);
    return made;
  };
}

function pageData(
  { id, version, chosen }: ShownModel,
  catalog: ExplorerCatalog,
  invocation: readonly string[],
): PageData {
  const { about } = chosen.scenario;
  const path = `${encodeURIComponent(id)}/${encodeURIComponent(version)}`;
  return {
    mode: 'explore',
    model: id,
    models: catalog.models.map((each) =>
      each.id === id ? { ...each, about, requestedName: chosen.requestedName } : each,
    ),
    results: [],
    invocation,
    modelPath: `/model/${path}`,
    checkPath: `/check/${path}`,
  };
}

/** The page for a model that is broken, as after an edit. It shows the error. */
function broken(error: Error, context: Context): Response {
  if (context.req.path.startsWith('/check/')) {
    return context.json(errorJson(error), 500, securityHeaders);
  }
  const { paint: _paint, ...look } = outputLook();
  const plain = (text: string): string => text;
  const paint = { good: plain, bad: plain, warn: plain, dim: plain, strong: plain };
  const lines = problemLines(problemFrom(error), { ...look, paint });
  return context.text(`${lines.join('\n')}\n`, 500, securityHeaders);
}

const noQuery =
  'This address takes no query. Write the point of a model after a #, as in /explore/seed-race#set.lock=both\n';

const securityHeaders = {
  'Content-Security-Policy': servedPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
