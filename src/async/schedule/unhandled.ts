import process from 'node:process';

/**
 * Takes unhandled rejections and uncaught exceptions, as of a microtask, in place of the listeners
 * of the test runner, which would not know to which schedule they belong. Returns what gives them
 * back.
 */
export function catchUnhandled(take: {
  readonly rejection: (error: unknown) => void;
  readonly exception: (error: unknown) => void;
}): () => void {
  const restore = [
    replaceListeners('unhandledRejection', take.rejection),
    replaceListeners('uncaughtException', take.exception),
  ];
  return () => {
    for (const each of restore) each();
  };
}

function replaceListeners(event: string, listener: (error: unknown) => void): () => void {
  // Those that are to be called once stay so.
  const others = process.rawListeners(event) as ((...args: unknown[]) => void)[];
  process.removeAllListeners(event);
  process.on(event, listener);
  return () => {
    process.removeListener(event, listener);
    for (const other of others) process.on(event, other);
  };
}
