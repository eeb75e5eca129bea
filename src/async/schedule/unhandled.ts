import process from 'node:process';

/**
 * Takes unhandled rejections in place of the listeners of the test runner, which would end the
 * test. Returns what gives them back.
 */
export function catchUnhandled(take: (error: unknown) => void): () => void {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', take);
  return () => {
    process.removeListener('unhandledRejection', take);
    for (const listener of listeners) process.on('unhandledRejection', listener);
  };
}
