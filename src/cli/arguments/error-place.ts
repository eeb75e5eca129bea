import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stackOf } from '../../checker/result/thrown-text.ts';

/** The folder of the package, above `dist/cli`. */
const packageFolder = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const ownCode = /^\/(src|dist)\/(spec|checker|report|cli)\//;

/**
 * Where in the user's own code an error was thrown, as `path:line:column`: the innermost frame of
 * its stack that is neither ours nor a package's nor Node's. Undefined when there is none.
 */
export function placeIn(error: unknown): string | undefined {
  return framesOf(error).find((frame) => !isOwn(frame))?.place;
}

/**
 * The same, but only when the user's code threw the error itself or made a package throw it: none
 * of ours lies between.
 */
export function placeOfModel(error: unknown): string | undefined {
  const [innermost] = framesOf(error);
  return innermost === undefined || isOwn(innermost) ? undefined : innermost.place;
}

interface Frame {
  readonly path: string;
  readonly place: string;
}

function framesOf(error: unknown): Frame[] {
  return stackOf(error)
    .split('\n')
    .flatMap((line) => {
      const [, path, row, column] =
        /^\s+at .*?(?:file:\/\/|\(|\s)(\/[^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? [];
      return path === undefined || path.includes('/node_modules/')
        ? []
        : [{ path, place: `${path}:${row}:${column}` }];
    });
}

function isOwn({ path }: Frame): boolean {
  return path.startsWith(packageFolder) && ownCode.test(path.slice(packageFolder.length));
}
