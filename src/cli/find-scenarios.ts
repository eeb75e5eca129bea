import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { scenarios } from '../scenarios/index.ts';
import type { Scenario } from '../spec/scenario.ts';
import type { Exported } from './load-file.ts';
import { unknownName, WrongUsage } from './wrong-usage.ts';

/** Where a scenario of a user's file comes from. */
export interface Origin {
  /** Relative to the present folder, with forward slashes. */
  readonly file: string;
  readonly exportName: string;
  /** Path of the compiled module, whose name is a hash of its content. */
  readonly compiled: string;
}

/** A scenario and how it is named on the command line, so that commands can be printed that find it again. */
export interface Chosen {
  readonly scenario: Scenario;
  readonly typed: string;
  /** Missing for one of racewright's own. */
  readonly origin?: Origin | undefined;
}

/**
 * The scenarios that one argument names: one that comes with racewright (`seed-race`), those of a file (`my/lock.ts`), or one of
 * those (`my/lock.ts:two-locks`). Throws WrongUsage, or a SpecError when the file is broken.
 */
export async function findScenarios(typed: string): Promise<Chosen[]> {
  const load = Object.hasOwn(scenarios, typed) ? scenarios[typed] : undefined;
  if (load !== undefined) return [{ scenario: await load(), typed }];
  const { file, name } = partsOf(typed);
  if (name === undefined && !looksLikePath(typed)) throw unknownScenario(typed);
  const { chooseFrom, loadFile, nameOf } = await import('./load-file.ts');
  const all = await loadFile(file);
  const chosen = (one: Exported, words: string): Chosen => ({
    scenario: one.scenario,
    typed: words,
    origin: { file: shownPath(file), exportName: one.exportName, compiled: one.compiled },
  });
  if (name !== undefined) return [chosen(chooseFrom(all, name, file), typed)];
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return [chosen(only, typed)];
  return all.map((one) => chosen(one, `${file}:${nameOf(one, all)}`));
}

/**
 * The file that an argument names, and what stands behind it and a colon. Names of scenarios may
 * have any characters: the file ends before the first colon that has a script in front of it that
 * exists.
 */
export function partsOf(typed: string): {
  readonly file: string;
  readonly name: string | undefined;
} {
  const cuts = [...typed.matchAll(/(?<=\.[cm]?[jt]sx?):(?=.)/gs)].map(({ index }) => index);
  const cut = cuts.find((each) => existsSync(typed.slice(0, each))) ?? cuts.at(-1);
  if (cut === undefined || existsSync(typed)) return { file: typed, name: undefined };
  return { file: typed.slice(0, cut), name: typed.slice(cut + 1) };
}

function shownPath(file: string): string {
  return relative('', resolve(file)).split(sep).join('/');
}

/** The file that an argument names; undefined for a scenario that comes with racewright. */
export function fileOf(typed: string): string | undefined {
  return Object.hasOwn(scenarios, typed) ? undefined : partsOf(typed).file;
}

/** The one scenario that an argument names. Throws WrongUsage when it names several. */
export async function findScenario(typed: string): Promise<Chosen> {
  const [first, ...others] = await findScenarios(typed);
  if (first !== undefined && others.length === 0) return first;
  // What stands behind the file and the colon.
  const known = [first, ...others].map((chosen) => chosen?.typed.slice(typed.length + 1) ?? '');
  throw unknownName({
    what: `'${typed}' exports ${known.length} scenarios, and this command takes one`,
    name: '',
    known,
    kind: `scenarios that '${typed}:…' can name`,
  });
}

/** Every scenario that comes with racewright. */
export async function builtInScenarios(): Promise<Chosen[]> {
  return Promise.all(
    Object.entries(scenarios).map(async ([typed, load]) => ({ scenario: await load(), typed })),
  );
}

function looksLikePath(typed: string): boolean {
  return /[/\\]|\.[cm]?[jt]sx?$/.test(typed) || existsSync(typed);
}

function unknownScenario(typed: string): Error {
  if (/^[\w.-]+=/.test(typed)) {
    return new WrongUsage({
      what: `'${typed}' stands where a scenario is expected`,
      mend: `Did you mean '--set ${typed}'? Each parameter has a --set of its own.`,
    });
  }
  return unknownName({
    what: `there is no scenario '${typed}'`,
    name: typed,
    known: Object.keys(scenarios),
    kind: 'scenarios',
    all: "'racewright list' shows all.",
    more: 'A file of your own is named with its path: ./my-lock.ts',
  });
}
