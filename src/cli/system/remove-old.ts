import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const keptDays = 30;

/**
 * Deletes the files of a folder that were not used for a month, if their names match. Throws what
 * the system says.
 */
export function removeOld(folder: string, names: RegExp): void {
  const oldest = Date.now() - keptDays * 24 * 3600 * 1000;
  for (const name of readdirSync(folder).filter((each) => names.test(each))) {
    const path = join(folder, name);
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest)
      rmSync(path, { force: true });
  }
}
