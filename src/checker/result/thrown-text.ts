/** A longer message is cut after this many characters. */
const shownMax = 1000;

/** Any thrown value as text. It need not be an error, and even reading its message may throw. */
export function thrownText(thrown: unknown): string {
  const text =
    attempt(() => (isError(thrown) ? `${thrown.name}: ${thrown.message}` : String(thrown))) ??
    `${typeof thrown === 'object' ? 'an object' : `a ${typeof thrown}`} that cannot be shown as text`;
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

/** The stack of an error; '' when it cannot be read. */
export function stackOf(thrown: unknown): string {
  const stack: unknown = attempt(() => (isError(thrown) ? thrown.stack : undefined));
  return typeof stack === 'string' ? stack : '';
}

/** True for an error. A proxy that throws when it is inspected counts as none. */
export function isError(thrown: unknown): thrown is Error {
  return attempt(() => thrown instanceof Error) === true;
}

function attempt<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}
