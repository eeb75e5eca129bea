import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { findQuestion, isOfAtlas } from '../../atlas/find-cell.ts';
import { scenarioNameOf, scenarios } from '../../scenarios/index.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { CliUsageError, unknownName } from '../arguments/cli-usage-error.ts';
import type { Exported } from './load-file.ts';

/** Where a scenario of a user's file comes from. */
export interface Origin {
  /** Relative to the present folder, with forward slashes. */
  readonly file: string;
  readonly exportName: string;
  /** Path of the compiled module, whose name is a hash of its content. */
  readonly compiled: string;
}

/**
 * A scenario and how it is named on the command line, so that commands can be printed that find it
 * again.
 */
export interface SelectedScenario {
  readonly scenario: Scenario;
  readonly requestedName: string;
  /** Missing for one of racewright's own. */
  readonly origin?: Origin | undefined;
}

/**
 * The scenarios that one argument names: one that comes with racewright (`seed-race`), those of a
 * file (`my/lock.ts`), or one of those (`my/lock.ts:two-locks`). Throws CliUsageError, or a
 * SpecError when the file is broken.
 */
export async function findScenarios(requestedName: string): Promise<SelectedScenario[]> {
  const own = scenarioNameOf(requestedName);
  const load = own === undefined ? undefined : scenarios[own];
  if (own !== undefined && load !== undefined)
    return [{ scenario: await load(), requestedName: own }];
  if (isOfAtlas(requestedName)) return [{ scenario: cellNamed(requestedName), requestedName }];
  const { file, name } = partsOf(requestedName);
  if (name === undefined && !looksLikePath(requestedName)) throw unknownScenario(requestedName);
  const { chooseFrom, loadFile, nameOf } = await import('./load-file.ts');
  const all = await loadFile(file);
  const chosen = (one: Exported, words: string): SelectedScenario => ({
    scenario: one.scenario,
    requestedName: words,
    origin: { file: shownPath(file), exportName: one.exportName, compiled: one.compiled },
  });
  if (name !== undefined) return [chosen(chooseFrom(all, name, file), requestedName)];
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return [chosen(only, requestedName)];
  return all.map((one) => chosen(one, `${file}:${nameOf(one, all)}`));
}

/**
 * The file that an argument names, and what stands behind it and a colon. Names of scenarios may
 * have any characters: the file ends before the first colon that has a script in front of it that
 * exists.
 */
export function partsOf(requestedName: string): {
  readonly file: string;
  readonly name: string | undefined;
} {
  const cuts = [...requestedName.matchAll(/(?<=\.[cm]?[jt]sx?):(?=.)/gs)].map(({ index }) => index);
  const cut = cuts.find((each) => existsSync(requestedName.slice(0, each))) ?? cuts.at(-1);
  if (cut === undefined || existsSync(requestedName))
    return { file: requestedName, name: undefined };
  return { file: requestedName.slice(0, cut), name: requestedName.slice(cut + 1) };
}

function shownPath(file: string): string {
  return relative('', resolve(file)).split(sep).join('/');
}

/** The file that an argument names; undefined for a scenario that comes with racewright. */
export function fileOf(requestedName: string): string | undefined {
  if (scenarioNameOf(requestedName) !== undefined || isOfAtlas(requestedName)) return undefined;
  return partsOf(requestedName).file;
}

/** The one scenario that an argument names. Throws CliUsageError when it names several. */
export async function findScenario(requestedName: string): Promise<SelectedScenario> {
  const [first, ...others] = await findScenarios(requestedName);
  if (first !== undefined && others.length === 0) return first;
  // What stands behind the file and the colon.
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

/** Every scenario that comes with racewright. */
export async function builtInScenarios(): Promise<SelectedScenario[]> {
  return Promise.all(
    Object.entries(scenarios).map(async ([requestedName, load]) => ({
      scenario: await load(),
      requestedName,
    })),
  );
}

/** A question of the atlas. Throws CliUsageError where its name is none. */
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

function looksLikePath(requestedName: string): boolean {
  return /[/\\]|\.[cm]?[jt]sx?$/.test(requestedName) || existsSync(requestedName);
}

function unknownScenario(requestedName: string): Error {
  if (/^[\w.-]+=/.test(requestedName)) {
    return new CliUsageError({
      what: `'${requestedName}' stands where a scenario is expected`,
      mend: `Did you mean '--set ${requestedName}'? Each parameter has a --set of its own.`,
    });
  }
  return unknownName({
    what: `there is no scenario '${requestedName}'`,
    name: requestedName,
    known: Object.keys(scenarios),
    kind: 'scenarios',
    all: "'racewright list' shows all.",
    more: 'A file of your own is named with its path: ./my-lock.ts',
  });
}
