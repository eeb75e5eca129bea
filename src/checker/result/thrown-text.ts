/** Of longer messages only the beginning is told. */
const shownMax = 1000;

/** What was thrown, in words. It need not be an error, and what it says of itself may throw. */
export function thrownText(thrown: unknown): string {
  const text =
    attempt(() => (isError(thrown) ? `${thrown.name}: ${thrown.message}` : String(thrown))) ??
    `${typeof thrown === 'object' ? 'an object' : `a ${typeof thrown}`} that cannot be shown as text`;
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

/** The stack of an error; '' when it has none that can be read. */
export function stackOf(thrown: unknown): string {
  const stack: unknown = attempt(() => (isError(thrown) ? thrown.stack : undefined));
  return typeof stack === 'string' ? stack : '';
}

/** Whether it is an error. A proxy may throw when it is asked. */
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
