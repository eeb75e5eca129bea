import { extname } from 'node:path';
import { Hono } from 'hono';
import { refusalOf } from '../explore/refusals.ts';

const types: { readonly [end: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Serves the files of the playground from memory, to this machine alone. */
export function playgroundRoutes(files: ReadonlyMap<string, string>): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const refusal = refusalOf(context);
    if (refusal !== undefined) return context.text(`${refusal.why}\n`, refusal.status);
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Cache-Control', 'no-store');
    return undefined;
  });
  for (const [name, text] of files) {
    const type = types[extname(name)] ?? 'text/plain';
    const path = name === 'index.html' ? '/' : `/${name}`;
    app.get(path, (context) => context.body(text, 200, { 'Content-Type': type }));
  }
  app.notFound((context) => context.text('There is nothing here.\n', 404));
  return app;
}
