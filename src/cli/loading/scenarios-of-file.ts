import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Exported } from './load-file.ts';
import type { SelectedScenario } from './selected-scenario.ts';

/**
 * The scenarios of a file, or one of them: `my/lock.ts`, `my/lock.ts:two-locks`. Throws
 * CliUsageError where there is no such file or scenario, and a SpecError when the file is broken.
 */
export async function scenariosOfFile(requestedName: string): Promise<SelectedScenario[]> {
  const { file, name } = partsOf(requestedName);
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
 * Splits an argument into a file and the name after the colon. A name may contain colons, so the
 * file ends before the first colon that follows an existing script.
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

/** True for an argument that has the form of a path or is one, and so is no name of a scenario. */
export function looksLikePath(requestedName: string): boolean {
  return (
    /[/\\]|\.[cm]?[jt]sx?$/.test(requestedName) ||
    partsOf(requestedName).name !== undefined ||
    existsSync(requestedName)
  );
}

function shownPath(file: string): string {
  return relative('', resolve(file)).split(sep).join('/');
}
