import { requestedNameOf } from '../../report/requested-name.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';
import type { ModelSource } from './page-script.ts';

/** Where the module of a scenario is. */
export function modelSource({ scenario, origin }: SelectedScenario): ModelSource {
  const { name } = scenario;
  return { id: modelId({ scenario, origin }), name, origin };
}

/** The id of a model in a page: its name, or its file and the name of its export. */
export function modelId({
  scenario,
  origin,
}: Pick<SelectedScenario, 'scenario' | 'origin'>): string {
  return requestedNameOf({
    scenario: scenario.name,
    file: origin?.file,
    exportName: origin?.exportName,
  });
}
