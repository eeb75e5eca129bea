/**
 * Runs `body` while nothing that is printed is shown: what a second copy of a model prints has been
 * printed before.
 */
export async function muted<T>(body: () => T | Promise<T>): Promise<T> {
  const { stderr } = process;
  const before = Object.getOwnPropertyDescriptor(stderr, 'write');
  stderr.write = () => true;
  try {
    return await body();
  } finally {
    if (before === undefined) Reflect.deleteProperty(stderr, 'write');
    else Object.defineProperty(stderr, 'write', before);
  }
}
