import { relative, resolve } from 'node:path';
import { SpecError } from '../../spec/spec-error.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { findProject, type Project } from './config-file.ts';
import { NoScenario } from './load-file.ts';
import { filesBehind } from './scenario-files.ts';
import { looksLikePath, scenariosOfFile } from './scenarios-of-file.ts';
import type { SelectedScenario } from './selected-scenario.ts';

/** The scenarios of several files, and the problems of the other files. */
export interface Found {
  readonly chosen: readonly SelectedScenario[];
  /** Broken files, and problems of several files together. */
  readonly broken: readonly Broken[];
  /** Files without a scenario. */
  readonly without: readonly string[];
}

/** A file that could not be loaded, and the error. */
export interface Broken {
  readonly name: string;
  readonly error: unknown;
}

/** Called for each file before it loads. An error of it counts as an error of the file. */
export type BeforeFile = (file: string) => Promise<void>;

/** The scenarios in the files of a directory, a pattern or a configuration. */
export async function scenariosOfFiles(
  files: readonly string[],
  before?: BeforeFile,
): Promise<Found> {
  const chosen: SelectedScenario[] = [];
  const broken: Broken[] = [];
  const without: string[] = [];
  for (const file of files) {
    try {
      await before?.(file);
      chosen.push(...(await scenariosOfFile(file)));
    } catch (error) {
      if (error instanceof NoScenario) without.push(file);
      else broken.push({ name: file, error });
    }
  }
  return { chosen, broken: [...broken, ...sharedNames(chosen)], without };
}

/**
 * The scenarios of the project around the current folder, each by its own name; undefined where
 * there is no configuration. Throws CliUsageError where the configuration names no file, and the
 * errors of the configuration itself.
 */
export async function projectScenarios(before?: BeforeFile): Promise<Found | undefined> {
  const project = await findProject();
  if (project === undefined) return undefined;
  const found = await scenariosOfFiles(await projectFiles(project), before);
  const isShared = ({ scenario }: SelectedScenario): boolean =>
    found.chosen.filter((other) => other.scenario.name === scenario.name).length > 1;
  const chosen = found.chosen.map((one) => {
    const { name } = one.scenario;
    return isShared(one) || looksLikePath(name) ? one : { ...one, requestedName: name };
  });
  return { ...found, chosen };
}

/** The files that the configuration of a project names, each once. Throws CliUsageError. */
async function projectFiles({ config, folder, file }: Project): Promise<string[]> {
  const { scenarios = 'scenarios' } = config;
  const files: string[] = [];
  for (const word of typeof scenarios === 'string' ? [scenarios] : scenarios) {
    try {
      const behind = await filesBehind(word, folder);
      files.push(...(behind ?? [relative('', resolve(folder, word))]));
    } catch (error) {
      if (!(error instanceof CliUsageError)) throw error;
      const mend = `The configuration says: scenarios: ${JSON.stringify(scenarios)}`;
      throw new CliUsageError({ what: error.what, where: file, mend });
    }
  }
  return [...new Set(files)];
}

/**
 * The problems of scenarios that share a name, because reports and commands find a scenario by its
 * name.
 */
function sharedNames(chosen: readonly SelectedScenario[]): Broken[] {
  const names = new Set(chosen.map(({ scenario }) => scenario.name));
  return [...names].flatMap((name) => {
    const all = chosen.filter(({ scenario }) => scenario.name === name);
    if (all.length < 2) return [];
    const files = [...new Set(all.map(({ origin }) => origin?.file ?? ''))];
    const error = new SpecError({
      what: `${all.length} scenarios are called '${name}'`,
      where: files.join(', '),
      mend:
        files.length === 1
          ? 'Give each a name of its own.'
          : 'Give each a name of its own; of a file that only exports those of others leave the export out.',
    });
    return [{ name, error }];
  });
}
