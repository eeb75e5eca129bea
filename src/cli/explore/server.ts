import { type Context, Hono } from 'hono';
import type { PageData } from '../../explorer/page-data.ts';
import { style } from '../../explorer/style.ts';
import type { Chosen } from '../find-scenarios.ts';
import { addChecks } from './checks.ts';
import { modelSource } from './model-source.ts';
import { escapeHtml, servedPage, servedPolicy } from './page-html.ts';
import { type ModelScript, modelScript, pageScript } from './page-script.ts';

/** What the explorer serves. */
export interface Exhibition {
  /** Names of the scenarios that can be chosen, the first one being shown first. */
  readonly names: readonly string[];
  /** Loads one of them; undefined for a name that is none of them. */
  readonly find: (name: string) => Promise<Chosen | undefined>;
  readonly invocation: readonly string[];
}

/**
 * The routes of the explorer: a page for each scenario, its script, the style sheet, and checks. Nothing else is served, and only to
 * pages of its own: another site in the same browser must not be able to read a model or to start a check.
 */
export function explorerRoutes(exhibition: Exhibition): Hono {
  const app = new Hono();
  const script = pageScript();
  const models = new Map<string, Promise<ModelScript>>();
  const modelOf = (chosen: Chosen): Promise<ModelScript> => {
    const { name } = chosen.scenario;
    const made = models.get(name) ?? modelScript([modelSource(chosen)]);
    models.set(name, made);
    return made;
  };
  app.use(async (context, next) => {
    const refusal = refusalOf(context);
    if (refusal !== undefined) return context.text(`${refusal}\n`, 403, securityHeaders);
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
    return undefined;
  });
  app.get('/', (context) =>
    context.redirect(`/explore/${encodeURIComponent(exhibition.names[0] ?? '')}`),
  );
  app.get('/style.css', (context) => context.body(style, 200, { 'Content-Type': 'text/css' }));
  app.get('/explore/:name', async (context) => {
    const chosen = await exhibition.find(context.req.param('name'));
    if (chosen === undefined) return context.notFound();
    const { name, about } = chosen.scenario;
    void modelOf(chosen);
    const data: PageData = {
      mode: 'explore',
      scenario: name,
      scenarios: exhibition.names.map((each) => (each === name ? { name, about } : { name: each })),
      typed: chosen.typed,
      results: [],
      invocation: exhibition.invocation,
      modelPath: `/model/${encodeURIComponent(name)}`,
    };
    const body = `<h1>${escapeHtml(name)}</h1><noscript>The explorer needs scripts.</noscript>`;
    return context.html(servedPage(data, body));
  });
  app.get('/page.js', async (context) =>
    context.body(await script, 200, { 'Content-Type': 'text/javascript' }),
  );
  app.get('/model/:name', async (context) => {
    const chosen = await exhibition.find(context.req.param('name'));
    if (chosen === undefined) return context.notFound();
    const { text } = await modelOf(chosen);
    return context.body(text, 200, { 'Content-Type': 'text/javascript' });
  });
  addChecks(app, exhibition);
  app.notFound((context) => context.text('There is nothing here.\n', 404));
  return app;
}

const securityHeaders = {
  'Content-Security-Policy': servedPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Why a request is refused; undefined when it is not. */
function refusalOf(context: Context): string | undefined {
  const { req } = context;
  const host = req.header('host') ?? '';
  // A name that somebody made point here (DNS rebinding) comes with that name.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host))
    return 'The explorer answers to 127.0.0.1 only.';
  const origin = req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`) return 'Another origin asks.';
  const site = req.header('sec-fetch-site') ?? 'none';
  if (site === 'same-origin' || site === 'none') return undefined;
  // A link may be followed from anywhere; that shows a page and starts nothing.
  const follows =
    req.header('sec-fetch-mode') === 'navigate' && req.header('sec-fetch-dest') === 'document';
  return follows && req.path.startsWith('/explore/') ? undefined : 'Another site asks.';
}
