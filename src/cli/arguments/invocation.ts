import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The words that start this program, so that printed commands can be pasted. They are `racewright`
 * where it is on the path, `npx racewright` where it lies in node_modules, else node and the file.
 */
export function invocation(script: string = process.argv[1] ?? ''): readonly string[] {
  const path = relative('', script);
  const shown = path.startsWith('..') ? script : path;
  if (/[/\\]node_modules[/\\]\.bin[/\\]/.test(script)) {
    return isFoundByNpx(process.cwd()) ? ['npx', 'racewright'] : [shown];
  }
  return /[/\\]racewright$/.test(script) ? ['racewright'] : ['node', shown];
}

/** npx looks in this folder and in its parents. */
function isFoundByNpx(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules', '.bin', 'racewright'))) return true;
  const around = dirname(folder);
  return around !== folder && isFoundByNpx(around);
}
