import type { Context } from 'hono';
import { problemFrom } from '../searching/problem.ts';

/** Why a request is refused on sight; undefined when it is not. */
export function refusalOf(
  context: Context,
): { readonly why: string; readonly status: 403 | 413 } | undefined {
  const stranger = strangerOf(context);
  if (stranger !== undefined) return { why: stranger, status: 403 };
  const { req } = context;
  const hasBody =
    req.header('transfer-encoding') !== undefined || (req.header('content-length') ?? '0') !== '0';
  return hasBody ? { why: 'The explorer takes no request with a body.', status: 413 } : undefined;
}

/** Why a request does not come from a page of the explorer; undefined when it does. */
function strangerOf({ req }: Context): string | undefined {
  const host = req.header('host') ?? '';
  // After DNS rebinding a request still carries the name of the other site.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host))
    return 'The explorer answers to 127.0.0.1 only.';
  const origin = req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`)
    return 'The request comes from another origin.';
  const site = req.header('sec-fetch-site') ?? 'none';
  if (site === 'same-origin' || site === 'none') return undefined;
  // A link may come from any site, because following one shows a page and starts nothing.
  const follows =
    req.header('sec-fetch-mode') === 'navigate' && req.header('sec-fetch-dest') === 'document';
  return follows && req.path.startsWith('/explore/')
    ? undefined
    : 'The request comes from another site.';
}

/** An error of the model or of the request as JSON, in the form of error documents. */
export function errorJson(error: unknown): { readonly error: object } {
  const { what, where = null, mend = null } = problemFrom(error);
  return { error: { what, where, mend } };
}
