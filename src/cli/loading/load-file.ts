import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isScenario, type Scenario } from '../../spec/scenario.ts';
import { SpecError } from '../../spec/spec-error.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { nearest } from '../arguments/nearest.ts';
import { patienceSeconds } from '../system/run-with-timeout.ts';
import { bundle } from './bundle.ts';
import { evaluateBundle } from './evaluate-module.ts';

const extension = /\.[cm]?[jt]sx?$/;

/** A scenario that a file exports. */
export interface Exported {
  /** The first name under which the file exports it. */
  readonly exportName: string;
  /** All names under which the file exports it. */
  readonly exportNames: readonly string[];
  readonly scenario: Scenario;
  /** The path of the compiled module, whose name is a hash of its content. */
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
 * The scenarios of a module that is already compiled. `file` names it in errors. Throws a SpecError
 * as `loadFile` does.
 */
export async function loadCompiled(
  compiled: string,
  file: string,
  secondsMax: number = patienceSeconds,
): Promise<Exported[]> {
  const module = await evaluateBundle(compiled, file, secondsMax);
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
  throw new NoScenario(file, module);
}

/** The file exports no scenario. The message lists its exports. */
export class NoScenario extends SpecError {
  constructor(file: string, module: { readonly [name: string]: unknown }) {
    const exported = Object.entries(module).map(([name, value]) => `${name} (${kindOf(value)})`);
    super({
      what: `it exports no scenario, but ${exported.length === 0 ? 'nothing at all' : exported.join(', ')}`,
      where: file,
      mend: 'Export what spec().scenario returns: export const myScenario = spec<State>().scenario({ … })',
    });
  }
}

/**
 * The scenario that the file exports under `name`, or else the one whose own name it is. Names of
 * exports are unique in a file, names of scenarios need not be. Throws CliUsageError for an unknown
 * name, and for one that several scenarios have.
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
 * The name to put after the file and a colon. It is the name of the scenario, or of its export
 * where the other would be ambiguous.
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
