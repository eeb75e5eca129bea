import { newestRelease } from '../model/releases/release-names.ts';
import type { Scenario } from '../spec/scenario.ts';
import { type Configuration, configurationOfOne, configurationsOf } from './configurations.ts';
import { type RequestName, requestNames } from './requests.ts';
import { scenarioOf } from './scenario-of.ts';

/** Whether a name belongs to a question of the atlas: `atlas--attach--detach--shared`. */
export const isOfAtlas = (name: string): boolean => name.startsWith('atlas--');

/**
 * The scenario of a question by its name; its parameters are the release and the switches, and
 * every fault can get a budget. For a wrong name it returns a list of the names that are possible
 * there.
 */
export function findQuestion(
  name: string,
): Scenario | { readonly wrong: string; readonly known: readonly string[] } {
  const words = name.split('--').slice(1);
  const names = words.slice(0, -1);
  const place = words.at(-1) ?? '';
  const unknown = names.find((each) => !isRequest(each));
  if (unknown !== undefined || names.length === 0 || names.length > 2) {
    return { wrong: unknown ?? place, known: requestNames };
  }
  const asked = names.filter(isRequest);
  const configurations = configurationsFor(asked);
  const configuration = configurations.find((each) => each.name === place);
  if (configuration === undefined) {
    return { wrong: place, known: configurations.map((each) => each.name) };
  }
  return scenarioOf({ names: asked, configuration, release: newestRelease });
}

const isRequest = (name: string): name is RequestName =>
  requestNames.some((known) => known === name);

function configurationsFor([one, other]: readonly RequestName[]): readonly Configuration[] {
  if (one === undefined) return [];
  return other === undefined ? [configurationOfOne(one)] : configurationsOf(one, other);
}
