import { statSync } from 'node:fs';
import { behindLinks } from '../system/replace-file.ts';
import { CliUsageError } from './cli-usage-error.ts';

/** A file to write, and the flag that names it. Without a file the output is a stream. */
export interface Written {
  readonly name: string;
  readonly file: string | undefined;
}

/**
 * Throws CliUsageError where a report would overwrite another report or a file that the command
 * reads. Devices and pipes are exempt: they take everything that is written to them.
 */
export function refuseSameFile(
  written: readonly Written[],
  read: readonly (string | undefined)[],
): void {
  const known = new Map<string, string | undefined>();
  for (const file of read) if (file !== undefined) known.set(behindLinks(file), undefined);
  for (const { name, file } of written) {
    if (file === undefined || isStream(file)) continue;
    const path = behindLinks(file);
    const before = known.get(path);
    if (known.has(path) && before !== name) refuse(file, name, before);
    known.set(path, name);
  }
}

function isStream(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === false;
}

function refuse(file: string, name: string, before: string | undefined): never {
  const other = before === undefined ? 'the file that is read' : named(before);
  throw new CliUsageError({
    what: `${named(name)} would take the place of ${other}`,
    where: file,
    mend: 'Name another file for it.',
  });
}

const named = (name: string): string => (name === 'graph' ? 'the graph' : `the ${name} report`);
