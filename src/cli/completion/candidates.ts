import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { requirements } from '../../checker/result/requirements.ts';
import { releaseNames } from '../../model/releases/release-names.ts';
import { chooseScenarios } from '../loading/choose-scenarios.ts';
import { findScenarios } from '../loading/find-scenarios.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import { reportFormats } from '../reports/report-formats.ts';

/**
 * The words that can stand at the end of a line of the shell, of which the last may be written in
 * part: commands, flags, what stands behind a flag, names of scenarios. Empty where files may
 * stand, and where a file of the project is broken.
 */
export async function candidatesFor(
  line: string,
  program: CommandUnknownOpts,
): Promise<readonly string[]> {
  const [, ...words] = line.trimStart().split(/\s+/);
  const word = words.pop() ?? '';
  const found = await possible(words, word, program).catch((): readonly string[] => []);
  return [...new Set(found)].filter((each) => each.startsWith(word));
}

async function possible(
  words: readonly string[],
  word: string,
  program: CommandUnknownOpts,
): Promise<readonly string[]> {
  const [name, ...rest] = words;
  if (name === undefined) return program.commands.map((each) => each.name());
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) return [];
  const before = command.options.find(({ long, short }) =>
    [long, short].some((flag) => flag !== undefined && flag === rest.at(-1)),
  );
  if (before?.required === true) return valuesOf(before, rest);
  if (word.startsWith('-')) {
    return command.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  }
  return command.registeredArguments.some((each) => each.name() === 'scenario')
    ? scenarioNames(rest.includes('--cloud'))
    : [];
}

async function valuesOf(option: Option, words: readonly string[]): Promise<readonly string[]> {
  switch (option.long) {
    case '--set':
      return settings(await firstScenario(words));
    case '--report':
    case '--to':
      return Object.keys(reportFormats);
    case '--require':
      return requirements;
    case '--release':
      return releaseNames;
    default:
      return option.argChoices ?? [];
  }
}

/** The names of the project's scenarios; of those of OpenStack where there is no project. */
async function scenarioNames(cloud: boolean): Promise<readonly string[]> {
  const found = await chooseScenarios([], cloud ? { cloud } : {}).catch(() =>
    chooseScenarios([], { cloud: true }),
  );
  return found.chosen.map(({ requestedName }) => requestedName);
}

/** The scenario whose parameters are set: the first word that names one. */
async function firstScenario(words: readonly string[]): Promise<SelectedScenario | undefined> {
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const [found] = await findScenarios(word, words.includes('--cloud')).catch(() => []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function settings(chosen: SelectedScenario | undefined): readonly string[] {
  return Object.entries(chosen?.scenario.parameters ?? {}).flatMap(([name, { values }]) =>
    values.map((value) => `${name}=${value}`),
  );
}
