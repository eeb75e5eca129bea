import { createHash } from 'node:crypto';
import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { isError } from '../../checker/result/thrown-text.ts';
import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { sealed } from '../loading/sealed-module.ts';
import type { Origin } from '../loading/selected-scenario.ts';
import { removeOld } from '../system/remove-old.ts';
import { replaceFile } from '../system/replace-file.ts';
import { ownCode } from './own-code.ts';
import type { Searched, SearchOptions } from './search-run.ts';

/** A point of a scenario, and where the scenario comes from. */
interface Asked {
  readonly scenario: Scenario;
  readonly point: AnyPoint;
  readonly origin?: Origin | undefined;
}

/** What a verdict is known by; or why it is not kept. */
export type Key = { readonly key: string } | { readonly open: string };

/** Changes with the form of the files. */
const form = 'racewright/verdict/1';

/**
 * Verdicts of complete searches in a folder, a file each. Its name is a hash of all that a verdict
 * depends on: the code of the model with every module that it imports, the code of racewright,
 * Node and the machine, the point, and every option of the search. What is in a file is believed
 * only where its checksum and its key are right (docs/adr/0028).
 */
export class VerdictCache {
  readonly #folder: string;
  #failed: string | undefined;
  readonly #open = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  noteOpen(scenario: string, reason: string): void {
    this.#open.set(scenario, reason);
  }

  /** Which verdicts were not kept, and why: sentences for the reader. */
  notes(): readonly string[] {
    const open = [...this.#open].map(
      ([scenario, reason]) => `the cache does not keep verdicts of '${scenario}': ${reason}`,
    );
    const failed = this.#failed;
    return failed === undefined ? open : [...open, `the cache cannot be written: ${failed}`];
  }

  async keyOf({ scenario, point, origin }: Asked, options: SearchOptions): Promise<Key> {
    // Only a clock measures a profile.
    if (options.clock !== undefined) return { open: 'a profile is wanted' };
    const model = origin === undefined ? { hash: 'own' } : await sealed(origin.compiled);
    if ('open' in model) return model;
    // A complete search is the same in whatever time.
    const { copy: _, secondsMax: __, ...plain } = options;
    const parts = [
      form,
      ownCode(),
      model.hash,
      origin?.exportName ?? '',
      scenario.name,
      sorted(point),
      sorted({ ...plain, parameters: undefined }),
    ];
    return { key: JSON.stringify(parts) };
  }

  /** What was found before; undefined where there is nothing, or a file that is not whole. */
  get(key: string): Searched | undefined {
    try {
      const path = this.#path(key);
      const bytes = readFileSync(path);
      const body = bytes.subarray(digestBytes);
      if (!digest(body).equals(bytes.subarray(0, digestBytes))) return undefined;
      const entry: unknown = deserialize(body);
      if (!isEntry(entry) || entry.key !== key || !entry.searched.result.complete) return undefined;
      const now = new Date();
      utimesSync(path, now, now);
      return entry.searched;
    } catch {
      return undefined;
    }
  }

  /** Keeps a result, if the search was complete and the result can be read back as it is. */
  put(key: string, searched: Searched): void {
    if (!searched.result.complete || searched.result.stopReason !== undefined) return;
    try {
      const body = serialize({ key, searched });
      const again: unknown = deserialize(body);
      if (!isDeepStrictEqual(again, { key, searched })) return;
      replaceFile(this.#path(key), Buffer.concat([digest(body), body]));
      removeOld(this.#folder, /^[0-9a-f]{64}\.verdict$/);
    } catch (error) {
      this.#failed ??= isError(error) ? error.message : String(error);
    }
  }

  #path(key: string): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.verdict`);
  }
}

const digestBytes = 32;
const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** The entries of a record, by name: the order in which they were set says nothing. */
function sorted(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, isRecord(value) ? sorted(value) : value] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What has the right checksum was written by this code (the key has its hash). */
const isEntry = (value: unknown): value is { readonly key: string; readonly searched: Searched } =>
  isRecord(value) && 'key' in value && 'searched' in value;
