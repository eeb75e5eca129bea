import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stackOf } from '../../checker/result/thrown-text.ts';

/** The folder of the package; this file lies in `dist/cli/arguments`. */
const packageFolder = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const ownCode = /^\/(src|dist)\/(spec|checker|report|cli)\//;

/**
 * The place in the user's code that threw an error, as `path:line:column`. It is the innermost
 * frame of the stack outside of racewright, packages and Node; undefined when there is none.
 */
export function placeIn(error: unknown): string | undefined {
  return framesOf(error).find((frame) => !isOwn(frame))?.place;
}

/**
 * The same, but only where the user's code threw the error itself or made a package throw it,
 * without racewright in between.
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
