import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { patienceSeconds } from '../system/run-with-timeout.ts';

/** A configuration, and where it stands. */
export interface Project {
  readonly config: Config;
  /** The file, as it is shown: relative to the present folder. */
  readonly file: string;
  /** The folder of the file, absolute: what the configuration names is relative to it. */
  readonly folder: string;
}

/** The names that a configuration can have. */
export const configNames = ['ts', 'mts', 'js', 'mjs'].map((end) => `racewright.config.${end}`);

let loaded: Promise<Project | undefined> | undefined;

/**
 * The configuration in the present folder, or in the nearest one around it; undefined where there
 * is none. It is read once. Throws CliUsageError for what it must not say, and a SpecError where it
 * does not compile or throws.
 */
export function findProject(): Promise<Project | undefined> {
  loaded ??= load(process.cwd());
  return loaded;
}

async function load(folder: string): Promise<Project | undefined> {
  const path = nearestConfig(folder);
  if (path === undefined) return undefined;
  const file = relative('', path);
  // What compiles and checks it is loaded where there is one.
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
