import { findQuestion, isOfAtlas } from '../../atlas/find-cell.ts';
import { scenarioNameOf, scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import { type Found, projectScenarios } from './project-scenarios.ts';
import { looksLikePath, partsOf, scenariosOfFile } from './scenarios-of-file.ts';
import type { SelectedScenario } from './selected-scenario.ts';

/**
 * The scenarios that one argument names: one of the project (`two-locks`), one of racewright
 * (`seed-race`), all of a file (`my/lock.ts`), or one of a file (`my/lock.ts:two-locks`). With
 * `cloud` it is one of racewright. Throws CliUsageError, or a SpecError when the file is broken.
 */
export async function findScenarios(
  requestedName: string,
  cloud = false,
): Promise<SelectedScenario[]> {
  const isPath = !cloud && looksLikePath(requestedName);
  const own = isPath || cloud ? undefined : await projectScenarios();
  const named = own?.chosen.filter(({ scenario }) => scenario.name === requestedName) ?? [];
  if (named.length > 0) return [theOnly(named, requestedName)];
  const known = scenarioNameOf(requestedName);
  const load = known === undefined ? undefined : scenarios[known];
  if (known !== undefined && load !== undefined)
    return [{ scenario: await load(), requestedName: known }];
  if (isOfAtlas(requestedName)) return [{ scenario: cellNamed(requestedName), requestedName }];
  if (!isPath) throw unknownScenario(requestedName, own);
  return scenariosOfFile(requestedName);
}

/** True for the name of a scenario of racewright, or of a search of the atlas. */
export const isOfCloud = (name: string): boolean =>
  scenarioNameOf(name) !== undefined || isOfAtlas(name);

/** The only scenario. Throws CliUsageError where several scenarios of a project have the name. */
function theOnly([first, ...others]: readonly SelectedScenario[], name: string): SelectedScenario {
  if (first !== undefined && others.length === 0) return { ...first, requestedName: name };
  const paths = [first, ...others].map((each) => each?.requestedName).join(', ');
  throw new CliUsageError({
    what: `${others.length + 1} scenarios are called '${name}'`,
    mend: `Say which is meant: ${paths}`,
  });
}

/** The file in an argument; undefined for a scenario of racewright's own. */
export function fileOf(requestedName: string): string | undefined {
  if (isOfCloud(requestedName)) return undefined;
  return partsOf(requestedName).file;
}

/** The scenario that an argument names. Throws CliUsageError when it names several. */
export async function findScenario(
  requestedName: string,
  cloud = false,
): Promise<SelectedScenario> {
  const [first, ...others] = await findScenarios(requestedName, cloud);
  if (first !== undefined && others.length === 0) return first;
  // The names that can follow the file and the colon.
  const known = [first, ...others].map(
    (chosen) => chosen?.requestedName.slice(requestedName.length + 1) ?? '',
  );
  throw unknownName({
    what: `'${requestedName}' exports ${known.length} scenarios, and this command takes one`,
    name: '',
    known,
    kind: `scenarios that '${requestedName}:…' can name`,
  });
}

/** All scenarios of racewright's own. */
export async function builtInScenarios(): Promise<SelectedScenario[]> {
  return Promise.all(
    Object.entries(scenarios).map(async ([requestedName, load]) => ({
      scenario: await load(),
      requestedName,
    })),
  );
}

/**
 * The scenario of one search of the atlas. Throws CliUsageError for a name that the atlas does not
 * have.
 */
function cellNamed(requestedName: string): Scenario {
  const found = findQuestion(requestedName);
  if (!('wrong' in found)) return found;
  throw unknownName({
    what: `the atlas has no '${found.wrong}' there`,
    name: found.wrong,
    known: found.known,
    kind: 'names that can stand there',
    where: requestedName,
    more: 'A question of it is called atlas--<request>--<request>--<configuration>.',
  });
}

function unknownScenario(requestedName: string, own: Found | undefined): Error {
  if (/^[\w.-]+=/.test(requestedName)) {
    return new CliUsageError({
      what: `'${requestedName}' stands where a scenario is expected`,
      mend: `Did you mean '--set ${requestedName}'? Each parameter has a --set of its own.`,
    });
  }
  return unknownName({
    what: `there is no scenario '${requestedName}'`,
    name: requestedName,
    known: [...(own?.chosen ?? []).map(({ scenario }) => scenario.name), ...Object.keys(scenarios)],
    kind: 'scenarios',
    all: "'racewright list --cloud' shows all.",
    more: ['A file of your own is named with its path: ./my-lock.ts', ...unread(own)].join(' '),
  });
}

/** The broken files of the project. An unknown name may belong to a scenario in one of them. */
function unread(own: Found | undefined): readonly string[] {
  const names = (own?.broken ?? []).map(({ name }) => name);
  return names.length === 0 ? [] : [`These could not be read: ${names.join(', ')}.`];
}
