import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, above `dist/cli`. */
const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ownCode = /^\/(src|dist)\/(spec|checker|report|cli)\//;

/**
 * Where in the user's own code an error was thrown, as `path:line:column`: the innermost frame of its stack that is neither
 * ours nor Node's nor a package's. Undefined when there is none.
 */
export function placeIn(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const line of stack.split('\n')) {
    const [, path, row, column] =
      /^\s+at .*?(?:file:\/\/|\(|\s)(\/[^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (path === undefined || path.includes('/node_modules/')) continue;
    if (path.startsWith(packageFolder) && ownCode.test(path.slice(packageFolder.length))) continue;
    return `${path}:${row}:${column}`;
  }
  return undefined;
}
