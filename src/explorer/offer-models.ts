import type { Scenario } from '../spec/scenario.ts';
import { type Models, offerKey } from './models.ts';
import { Walker } from './walker.ts';

/** Leaves the models to the page in which this runs. The script of each page calls it once. */
export function offerModels(scenarios: readonly (readonly [id: string, Scenario])[]): void {
  const models: Models = {
    scenarios: new Map(scenarios),
    walker: (...words) => new Walker(...words),
  };
  Reflect.set(globalThis, offerKey, models);
}
