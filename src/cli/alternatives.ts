import { requirements } from '../checker/result/requirements.ts';
import { releaseNames } from '../model/releases/release-names.ts';
import { defaultPoint } from '../spec/parameters.ts';
import { findScenarios } from './loading/find-scenarios.ts';
import type { SelectedScenario } from './loading/selected-scenario.ts';
import { reportFormats } from './reports/report-formats.ts';

/**
 * The values that a flag takes, in a sentence or two; undefined for a flag whose help says it. The
 * parameters and faults are those of the first scenario that `words`, the arguments of the command,
 * name.
 */
export async function alternativesOf(
  flag: string,
  words: readonly string[],
): Promise<string | undefined> {
  switch (flag) {
    case '--set':
      return parametersText(await scenarioIn(words));
    case '--faults':
      return faultsText(await scenarioIn(words));
    case '--release':
      return `The releases: ${releaseNames.join(', ')}.`;
    case '--to':
    case '--report':
      return `The formats: ${Object.keys(reportFormats).join(', ')}.`;
    case '--require':
      return `It can be ${requirements.join(', ')}.`;
    default:
      return undefined;
  }
}

/** The first scenario that the arguments name; undefined where there is none, or it is broken. */
async function scenarioIn([, ...words]: readonly string[]): Promise<SelectedScenario | undefined> {
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    try {
      const [first] = await findScenarios(word);
      if (first !== undefined) return first;
    } catch {
      // The word may be the value of a flag. Once the usage is right, the command itself reports a
      // broken scenario.
    }
  }
  return undefined;
}

function parametersText(chosen: SelectedScenario | undefined): string {
  if (chosen === undefined) return "'racewright list SCENARIO' shows the parameters.";
  const { scenario, requestedName } = chosen;
  const own = Object.entries(scenario.parameters).filter(([, { advanced }]) => !advanced);
  const names = own.map(([name]) => name);
  if (names.length === 0) return `Scenario '${scenario.name}' has no parameters.`;
  return `The parameters: ${names.join(', ')}. 'racewright list ${requestedName}' shows their values.`;
}

function faultsText(chosen: SelectedScenario | undefined): string {
  if (chosen === undefined) return "'racewright list' shows the scenarios.";
  const { scenario } = chosen;
  const names = (scenario.system(defaultPoint(scenario.parameters)).faults ?? []).map(
    ({ name }) => name,
  );
  return names.length === 0
    ? `Scenario '${scenario.name}' has no faults.`
    : `The faults: ${names.join(', ')}.`;
}
