import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { CliUsageError } from '../arguments/cli-usage-error.ts';

/** Files that never count as scenarios: those of packages, declarations, and tests of vitest. */
const left = ['**/node_modules/**', '**/*.d.{ts,mts,cts}'];
const tests = '**/*.{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';
const scripts = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';

/**
 * The files that a directory or a pattern stands for, relative to the present folder, in the order
 * of their names; undefined for a word that is neither. A directory stands for the scripts in it
 * and below it that are no tests. `folder` is where the word is relative to. Throws CliUsageError
 * where there are none.
 */
export async function filesBehind(
  word: string,
  folder: string = process.cwd(),
): Promise<readonly string[] | undefined> {
  const path = resolve(folder, word);
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) return undefined;
    const found = await search([scripts], path, [...left, tests]);
    return some(found, `no TypeScript or JavaScript file is in the directory '${word}'`);
  }
  if (namesExport(word, folder)) return undefined;
  const { isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(word)) return undefined;
  return some(await search([word], folder, left), `the pattern '${word}' matches no file`);
}

/** Whether a word is a file with one of its exports, whose names may look like a pattern. */
function namesExport(word: string, folder: string): boolean {
  const colons = [...word.matchAll(/:/g)].map(({ index }) => index);
  return colons.some((at) => existsSync(resolve(folder, word.slice(0, at))));
}

async function search(
  patterns: readonly string[],
  cwd: string,
  ignore: readonly string[],
): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const found = await glob([...patterns], { cwd, ignore: [...ignore], absolute: true });
  return found.map((path) => relative('', path).split(sep).join('/')).sort();
}

function some(files: readonly string[], what: string): readonly string[] {
  if (files.length > 0) return files;
  throw new CliUsageError({
    what,
    mend: "A pattern is quoted, so that the shell leaves it alone, as in 'models/**/*.ts'.",
  });
}
