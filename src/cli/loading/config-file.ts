import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { patienceSeconds } from '../system/run-with-timeout.ts';

/** A configuration and its place. */
export interface Project {
  readonly config: Config;
  /** The file as messages show it, relative to the current folder. */
  readonly file: string;
  /** The absolute folder of the file. Paths in the configuration are relative to it. */
  readonly folder: string;
}

/** The names that a configuration file can have. */
export const configNames = ['ts', 'mts', 'js', 'mjs'].map((end) => `racewright.config.${end}`);

let loaded: Promise<Project | undefined> | undefined;

/**
 * The configuration in the current folder or the nearest parent; undefined where there is none. It
 * is read once. Throws CliUsageError for a wrong key or value, and a SpecError where it does not
 * compile or throws.
 */
export function findProject(): Promise<Project | undefined> {
  loaded ??= load(process.cwd());
  return loaded;
}

async function load(folder: string): Promise<Project | undefined> {
  const path = nearestConfig(folder);
  if (path === undefined) return undefined;
  const file = relative('', path);
  // // Loaded here, because most commands run without a configuration.
  const { bundle } = await import('./bundle.ts');
  const { evaluateBundle } = await import('./evaluate-module.ts');
  const { checkedConfig } = await import('./check-config.ts');
  const module = await evaluateBundle(await bundle(path), file, patienceSeconds);
  if (!Object.hasOwn(module, 'default')) {
    throw new CliUsageError({
      what: 'the configuration has no default export',
      where: file,
      mend: "Write: export default defineConfig({ scenarios: 'scenarios' });",
    });
  }
  return { config: checkedConfig(module['default'], file), file, folder: dirname(path) };
}

function nearestConfig(folder: string): string | undefined {
  const found = configNames.map((name) => join(folder, name)).find((path) => existsSync(path));
  const around = dirname(resolve(folder));
  return found ?? (around === folder ? undefined : nearestConfig(around));
}
