import { readFileSync } from 'node:fs';
import { WrongUsage } from './wrong-usage.ts';

/** The text of a file, or of standard input for `-`. Throws WrongUsage when it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new WrongUsage({
      what: `cannot read '${file}': ${error instanceof Error ? error.message : String(error)}`,
      mend: 'Name a file that can be read, or - for standard input.',
    });
  }
}
