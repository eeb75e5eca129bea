import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isError, thrownText } from '../../checker/result/thrown-text.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { placeIn } from '../arguments/error-place.ts';
import { nearest } from '../arguments/nearest.ts';
import { runWithTimeout, TimeoutError } from '../system/run-with-timeout.ts';

type Module = { readonly [name: string]: unknown };

const require = createRequire(import.meta.url);

/**
 * Evaluates a module under a time limit, so that one that never ends can be ended. A module with a
 * top-level `await` can only be imported; Ctrl-C ends it. Throws what the module throws.
 */
export async function evaluated(
  path: string,
  secondsMax: number,
  wallSeconds = secondsMax,
): Promise<Module> {
  try {
    return runWithTimeout(() => require(path), secondsMax, wallSeconds);
  } catch (error) {
    if (error instanceof TimeoutError) {
      // // Node evaluates a path once. After an evaluation that was ended, the module loads under
      // another name.
      if (error.again !== undefined) return evaluated(otherName(path), secondsMax, error.again);
      throw new SpecError({
        what: `it has not been loaded after ${Math.round(error.seconds * 10) / 10} ${error.clock}`,
        mend: 'Look for a loop outside of all functions that never ends.',
      });
    }
    const awaits = isError(error) && Reflect.get(error, 'code') === 'ERR_REQUIRE_ASYNC_MODULE';
    if (!awaits) throw error;
    return await import(pathToFileURL(path).href);
  }
}

function otherName(path: string): string {
  const copy = path.replace(/(?:\.again)*\.mjs$/, (end) => `.again${end}`);
  copyFileSync(path, copy);
  return copy;
}

/**
 * The exports of a compiled module. `file` names its source in errors. Throws a SpecError when the
 * module throws, or does not end within `secondsMax` seconds of processor time.
 */
export async function evaluateBundle(
  path: string,
  file: string,
  secondsMax: number,
): Promise<Module> {
  process.setSourceMapsEnabled(true);
  try {
    return await evaluated(path, secondsMax);
  } catch (error) {
    if (isError(error) && error instanceof SpecError) throw error.within(file);
    throw (await missingExport(error, file)) ?? thrownWhileLoading(error, file);
  }
}

function thrownWhileLoading(error: unknown, file: string): SpecError {
  const place = placeIn(error);
  return new SpecError(
    {
      what: `it throws while it is loaded: ${thrownText(error)}`,
      where: place === undefined ? file : relative('', place),
      mend: 'The file must load without an error: only the functions in it are run later.',
    },
    { cause: error },
  );
}

/**
 * Explains the error that Node reports about the compiled module, whose name and lines the user
 * does not know.
 */
async function missingExport(error: unknown, file: string): Promise<SpecError | undefined> {
  const message = isError(error) && error instanceof SyntaxError ? thrownText(error) : '';
  const [, url, name] =
    /requested module '([^']+)' does not provide an export named '([^']+)'/.exec(message) ?? [];
  if (url === undefined || name === undefined) return undefined;
  const own = url === import.meta.resolve('racewright');
  const names = Object.keys(await import(url));
  const best = nearest(name, names);
  return new SpecError({
    what: `it imports '${name}', which ${own ? "'racewright'" : `'${url}'`} does not export`,
    where: file,
    mend:
      `${best === undefined ? '' : `Did you mean '${best}'? `}It exports ${names.join(', ')}. ` +
      `If '${name}' is a type, write 'import type'.`,
  });
}
