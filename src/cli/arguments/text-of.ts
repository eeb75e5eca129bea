import { readFileSync } from 'node:fs';
import { CliUsageError } from './cli-usage-error.ts';

/**
 * The text of a file, or of standard input for `-`. Throws CliUsageError when it cannot be read.
 */
export function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CliUsageError({
      what: `cannot read '${file}': ${error instanceof Error ? error.message : String(error)}`,
      mend: 'Name a file that can be read, or - for standard input.',
    });
  }
}
