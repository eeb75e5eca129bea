/** One event of a stream of server-sent events. */
export interface ServerEvent {
  readonly event: string;
  /** Its data, parsed as JSON. */
  readonly data: unknown;
}

/**
 * Requests a stream of server-sent events and passes on each as it comes, until the stream ends.
 * Unlike an EventSource it reports the text of a refusal and never connects again. Throws an Error
 * with the server's text where it refuses.
 */
export async function readEvents(
  path: string,
  signal: AbortSignal,
  onEvent: (event: ServerEvent) => void,
): Promise<void> {
  const response = await fetch(path, { signal });
  if (!response.ok || response.body === null) throw new Error(await refusalIn(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? [];
      if (event !== '') onEvent({ event, data: JSON.parse(data) });
    }
  }
}

async function refusalIn(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { what, mend }: { what: string; mend?: string | null } = JSON.parse(text).error;
    return mend ? `${what}. ${mend}` : what;
  } catch {
    return text.trim() === '' ? `The explorer answers with status ${response.status}.` : text;
  }
}
