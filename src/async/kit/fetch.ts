import type { Schedule } from '../schedule/schedule.ts';
import { type CallOptions, parkCall } from './call.ts';
import { dependOnSignal } from './signals.ts';

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * `fetch`, each call of which is parked. A call is named after its method and path. Where its
 * signal is aborted it is rejected at once, as `fetch` does. An answer arrives with its whole body:
 * else the rest would come at a time that the scheduler does not know.
 */
export function parkFetch(
  schedule: Schedule,
  fetch: Fetch,
  options: CallOptions<Parameters<Fetch>>,
): Fetch {
  const describe = options.describe ?? describeRequest;
  return (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    if (signal instanceof AbortSignal) dependOnSignal(schedule, signal);
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return parkCall(schedule, {
      name: 'fetch',
      args: [input, init],
      options: { ...options, describe } as CallOptions,
      operation: async () => whole(await fetch(input, init)),
      signal: signal ?? undefined,
    }) as Promise<Response>;
  };
}

/** The same response, the body of which is there. */
async function whole(response: Response): Promise<Response> {
  if (!(response instanceof Response) || response.body === null) return response;
  const { status, statusText, headers, url, redirected, type } = response;
  const body = await response.arrayBuffer();
  const copy = new Response(body, { status, statusText, headers });
  for (const [name, value] of Object.entries({ url, redirected, type })) {
    Object.defineProperty(copy, name, { value });
  }
  return copy;
}

function describeRequest(input: string | URL | Request, init?: RequestInit) {
  const isRequest = input instanceof Request;
  const method = (init?.method ?? (isRequest ? input.method : 'GET')).toUpperCase();
  const address = new URL(isRequest ? input.url : String(input), 'http://localhost');
  return { label: `${method} ${address.pathname}` };
}
