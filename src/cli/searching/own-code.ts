import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownVersion } from '../system/own-version.ts';

let known: string | undefined;

/** A hash of this package's code. */
export function codeHash(): string {
  known ??= hashed();
  return known;
}

/**
 * The code of this package and what else a verdict may depend on that is no part of a model:
 * versions, machine, language and time zone. It is a hash.
 */
export function ownCode(): string {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const around = [ownVersion(), process.version, process.platform, process.arch, locale, timeZone];
  const options = [process.execArgv, process.env['NODE_OPTIONS'] ?? ''];
  const text = JSON.stringify([codeHash(), around, options]);
  return createHash('sha256').update(text).digest('hex');
}

function hashed(): string {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const isCode = (name: string): boolean => /\.(js|ts|tsx)$/.test(name) && !name.endsWith('.d.ts');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(isCode).sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
