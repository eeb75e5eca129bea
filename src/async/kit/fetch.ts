import type { Schedule } from '../schedule/schedule.ts';
import { type CallOptions, parkCall } from './call.ts';

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * `fetch`, each call of which is parked. A call is named after its method and path. Where its
 * signal is aborted it is rejected at once, as `fetch` does.
 */
export function parkFetch(
  schedule: Schedule,
  fetch: Fetch,
  options: CallOptions<Parameters<Fetch>>,
): Fetch {
  const describe = options.describe ?? describeRequest;
  return (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    if (signal?.aborted === true) {
      // Which step has aborted it is not known.
      schedule.dependOnAll();
      return Promise.reject(signal.reason);
    }
    return parkCall(schedule, {
      name: 'fetch',
      args: [input, init],
      options: { ...options, describe } as CallOptions,
      operation: () => fetch(input, init),
      signal: signal ?? undefined,
    }) as Promise<Response>;
  };
}

function describeRequest(input: string | URL | Request, init?: RequestInit) {
  const isRequest = input instanceof Request;
  const method = (init?.method ?? (isRequest ? input.method : 'GET')).toUpperCase();
  const address = new URL(isRequest ? input.url : String(input), 'http://localhost');
  return { label: `${method} ${address.pathname}` };
}
