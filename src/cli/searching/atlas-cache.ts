import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtlasCell } from '../../atlas/atlas.ts';
import { replaceFile } from '../system/replace-file.ts';

/**
 * Cells that were computed before, each in a file named by its hash: nothing that the cell rests on
 * has changed since. A file that is not whole counts as missing.
 */
export class AtlasCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get(hash: string): AtlasCell | undefined {
    try {
      const cell: unknown = JSON.parse(readFileSync(this.#file(hash), 'utf8'));
      return isCell(cell) ? cell : undefined;
    } catch {
      return undefined;
    }
  }

  /** Stores a cell. Throws the error of the file system. */
  put(hash: string, cell: AtlasCell): void {
    replaceFile(this.#file(hash), `${JSON.stringify(cell)}\n`);
  }

  #file(hash: string): string {
    return join(this.#folder, `${hash}.json`);
  }
}

const isCell = (cell: unknown): cell is AtlasCell =>
  typeof cell === 'object' &&
  cell !== null &&
  ['requests', 'findings', 'parts'].every((name) => Array.isArray(Reflect.get(cell, name)));
