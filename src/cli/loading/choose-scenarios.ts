import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { invocation } from '../arguments/invocation.ts';
import { builtInScenarios, findScenarios, isOfCloud } from './find-scenarios.ts';
import {
  type BeforeFile,
  type Broken,
  type Found,
  projectScenarios,
  scenariosOfFiles,
} from './project-scenarios.ts';
import { filesBehind } from './scenario-files.ts';
import { looksLikePath, partsOf } from './scenarios-of-file.ts';
import type { SelectedScenario } from './selected-scenario.ts';

/** The choice of scenarios beside their names. */
interface Choice {
  /** True to choose the scenarios of racewright. */
  readonly cloud?: true | undefined;
  readonly before?: BeforeFile | undefined;
}

/**
 * The scenarios that the arguments name: names, files, directories and patterns. Without arguments,
 * those of the project; with `cloud`, those of racewright. Throws CliUsageError where an argument
 * names nothing, and where there is neither an argument nor a project.
 */
export async function chooseScenarios(names: readonly string[], choice: Choice): Promise<Found> {
  const { cloud = false, before } = choice;
  if (names.length > 0) return named([...new Set(names)], cloud, before);
  if (cloud) return { chosen: await builtInScenarios(), broken: [], without: [] };
  const own = await projectScenarios(before);
  if (own === undefined) throw nothingNamed();
  return mustHaveSome(own, 'the configuration names');
}

async function named(
  names: readonly string[],
  cloud: boolean,
  before: BeforeFile | undefined,
): Promise<Found> {
  const chosen: SelectedScenario[] = [];
  const broken: Broken[] = [];
  const without: string[] = [];
  for (const name of names) {
    const files = cloud || isOfCloud(name) ? undefined : await filesBehind(name);
    if (files !== undefined) {
      const found = mustHaveSome(await scenariosOfFiles(files, before), `'${name}' stands for`);
      chosen.push(...found.chosen);
      broken.push(...found.broken);
      without.push(...found.without);
      continue;
    }
    try {
      if (!cloud && looksLikePath(name)) await before?.(partsOf(name).file);
      chosen.push(...(await findScenarios(name, cloud)));
    } catch (error) {
      if (error instanceof CliUsageError) throw error;
      broken.push({ name, error });
    }
  }
  return { chosen, broken, without };
}

function mustHaveSome(found: Found, words: string): Found {
  if (found.chosen.length + found.broken.length > 0) return found;
  throw new CliUsageError({
    what: `none of the files that ${words} exports a scenario`,
    where: found.without.slice(0, 10).join(', '),
    mend: 'Export what spec().scenario returns: export const myScenario = spec<State>().scenario({ … })',
  });
}

function nothingNamed(): CliUsageError {
  const command = invocation().join(' ');
  return new CliUsageError({
    what: 'no scenario is named, and no racewright.config.ts is in this folder or around it',
    mend:
      `Name a file of yours: ./my-lock.ts. '${command} init' begins a project; ` +
      `--cloud means the scenarios of OpenStack.`,
  });
}
