import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isError, thrownText } from '../../checker/result/thrown-text.ts';
import { isScenario, type Scenario } from '../../spec/scenario.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { placeIn } from '../arguments/error-place.ts';
import { nearest } from '../arguments/nearest.ts';
import { patienceSeconds, runWithTimeout, TimeoutError } from '../system/run-with-timeout.ts';
import { bundle } from './bundle.ts';

const extension = /\.[cm]?[jt]sx?$/;

/** A scenario of a file. */
export interface Exported {
  /** The name under which the file exports it; of several the first. */
  readonly exportName: string;
  /** All names under which the file exports it. */
  readonly exportNames: readonly string[];
  readonly scenario: Scenario;
  /** Path of the compiled module, whose name is a hash of its content. */
  readonly compiled: string;
}

/**
 * The scenarios that a TypeScript or JavaScript file exports. Throws CliUsageError when there is no
 * such file, and a SpecError when it does not compile, throws while it is loaded, or exports no
 * scenario.
 */
export async function loadFile(
  file: string,
  secondsMax: number = patienceSeconds,
): Promise<Exported[]> {
  mustBeFile(file);
  return loadCompiled(await bundle(resolve(file)), file, secondsMax);
}

/**
 * The same from a module that was compiled before. `file` names it in errors. Throws a SpecError as
 * `loadFile` does.
 */
export async function loadCompiled(
  compiled: string,
  file: string,
  secondsMax: number = patienceSeconds,
): Promise<Exported[]> {
  const module = await importBundle(compiled, file, secondsMax);
  const names = new Map<Scenario, [string, ...string[]]>();
  for (const [exportName, value] of Object.entries(module)) {
    if (!isScenario(value)) continue;
    const known = names.get(value);
    if (known === undefined) names.set(value, [exportName]);
    else known.push(exportName);
  }
  const found = [...names].map(([scenario, exportNames]) => {
    return { exportName: exportNames[0], exportNames, scenario, compiled };
  });
  if (found.length > 0) return found;
  const exported = Object.entries(module).map(([name, value]) => `${name} (${kindOf(value)})`);
  throw new SpecError({
    what: `it exports no scenario, but ${exported.length === 0 ? 'nothing at all' : exported.join(', ')}`,
    where: file,
    mend: 'Export what spec().scenario returns: export const myScenario = spec<State>().scenario({ … })',
  });
}

/**
 * Of the scenarios of a file the one that is exported under this name, else the one that has it: a
 * file exports no two things under one name, but scenarios may share theirs. Throws CliUsageError,
 * also when several have the name.
 */
export function chooseFrom(all: readonly Exported[], name: string, file: string): Exported {
  const exported = all.find(({ exportNames }) => exportNames.includes(name));
  if (exported !== undefined) return exported;
  const [found, ...others] = all.filter(({ scenario }) => scenario.name === name);
  if (found !== undefined && others.length > 0) {
    throw new CliUsageError({
      what: `'${file}' exports ${others.length + 1} scenarios called '${name}'`,
      mend: `Give them different names, or say which export is meant: ${[found, ...others]
        .map(({ exportName }) => `${file}:${exportName}`)
        .join(', ')}`,
    });
  }
  if (found !== undefined) return found;
  throw unknownName({
    what: `'${file}' exports no scenario '${name}'`,
    name,
    known: all.map((one) => nameOf(one, all)),
    kind: 'scenarios that it exports',
  });
}

/**
 * What to put behind the file and a colon to name this one of its scenarios: its name, or that of
 * the export where its name is also that of another scenario or of another's export.
 */
export function nameOf({ scenario, exportName }: Exported, all: readonly Exported[]): string {
  const { name } = scenario;
  const isShared = all.some(
    (other) =>
      other.scenario !== scenario &&
      (other.scenario.name === name || other.exportNames.includes(name)),
  );
  return isShared ? exportName : name;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function mustBeFile(file: string): void {
  if (!existsSync(file)) throw missing(file);
  if (statSync(file).isDirectory()) {
    const files = scriptsIn(file).map((name) => join(file, name));
    throw new CliUsageError({
      what: `'${file}' is a directory`,
      mend: `Name a file in it${files.length === 0 ? '' : `: ${files.slice(0, 10).join(', ')}`}.`,
    });
  }
  if (extension.test(file)) return;
  throw new CliUsageError({
    what: `'${file}' is neither a TypeScript nor a JavaScript file`,
    mend: 'Name a file that ends in .ts, .mts, .js or .mjs.',
  });
}

function missing(file: string): CliUsageError {
  const folder = dirname(file);
  const beside = existsSync(folder) ? scriptsIn(folder) : [];
  const best = nearest(basename(file), beside);
  const mend =
    best === undefined ? `Looked for ${resolve(file)}.` : `Did you mean '${join(folder, best)}'?`;
  return new CliUsageError({ what: `there is no file '${file}'`, mend });
}

function scriptsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => extension.test(name) && !name.endsWith('.d.ts'));
}

type Module = { readonly [name: string]: unknown };

const require = createRequire(import.meta.url);

/**
 * The module, evaluated at once so that it can be ended where it never ends by itself. One that
 * awaits something can only be imported, and then Ctrl-C ends it. Throws what it throws.
 */
export async function evaluated(
  path: string,
  secondsMax: number,
  wallSeconds = secondsMax,
): Promise<Module> {
  try {
    return runWithTimeout(() => require(path), secondsMax, wallSeconds);
  } catch (error) {
    if (error instanceof TimeoutError) {
      // A module is evaluated once: what was ended in the middle is loaded under another name.
      if (error.again !== undefined) return evaluated(otherName(path), secondsMax, error.again);
      throw new SpecError({
        what: `it has not been loaded after ${Math.round(error.seconds * 10) / 10} ${error.clock}`,
        mend: 'Look for a loop outside of all functions that never ends.',
      });
    }
    const awaits = isError(error) && Reflect.get(error, 'code') === 'ERR_REQUIRE_ASYNC_MODULE';
    if (!awaits) throw error;
    return await import(pathToFileURL(path).href);
  }
}

function otherName(path: string): string {
  const copy = path.replace(/(?:\.again)*\.mjs$/, (end) => `.again${end}`);
  copyFileSync(path, copy);
  return copy;
}

async function importBundle(path: string, file: string, secondsMax: number): Promise<Module> {
  process.setSourceMapsEnabled(true);
  try {
    return await evaluated(path, secondsMax);
  } catch (error) {
    if (isError(error) && error instanceof SpecError) throw error.within(file);
    throw (await missingExport(error, file)) ?? thrownWhileLoading(error, file);
  }
}

function thrownWhileLoading(error: unknown, file: string): SpecError {
  const place = placeIn(error);
  return new SpecError(
    {
      what: `it throws while it is loaded: ${thrownText(error)}`,
      where: place === undefined ? file : relative('', place),
      mend: 'The file must load without an error: only the functions in it are run later.',
    },
    { cause: error },
  );
}

/** Node says this only of the compiled module; the user knows neither its name nor its lines. */
async function missingExport(error: unknown, file: string): Promise<SpecError | undefined> {
  const message = isError(error) && error instanceof SyntaxError ? thrownText(error) : '';
  const [, url, name] =
    /requested module '([^']+)' does not provide an export named '([^']+)'/.exec(message) ?? [];
  if (url === undefined || name === undefined) return undefined;
  const own = url === import.meta.resolve('racewright');
  const names = Object.keys(await import(url));
  const best = nearest(name, names);
  return new SpecError({
    what: `it imports '${name}', which ${own ? "'racewright'" : `'${url}'`} does not export`,
    where: file,
    mend:
      `${best === undefined ? '' : `Did you mean '${best}'? `}It exports ${names.join(', ')}. ` +
      `If '${name}' is a type, write 'import type'.`,
  });
}
