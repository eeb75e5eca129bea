/**
 * Runs `body` with all printing muted, because a second copy of a model would print the same again.
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
