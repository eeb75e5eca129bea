import { typedAs } from '../../report/typed-as.ts';
import type { Chosen } from '../find-scenarios.ts';
import type { ModelSource } from './page-script.ts';

/** Where the module of a scenario is. */
export function modelSource({ scenario, origin }: Chosen): ModelSource {
  const { name } = scenario;
  return { id: modelId({ scenario, origin }), name, origin };
}

/**
 * What tells a model from all others in a page: its name, or its file and the name of its export.
 */
export function modelId({ scenario, origin }: Pick<Chosen, 'scenario' | 'origin'>): string {
  return typedAs({ scenario: scenario.name, file: origin?.file, exportName: origin?.exportName });
}
