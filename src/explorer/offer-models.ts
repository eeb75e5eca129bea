import type { Scenario } from '../spec/scenario.ts';
import { type Models, offerKey } from './models.ts';
import { Walker } from './walker.ts';

/** Leaves the models to the page in which this runs. Called once, by the script that is made for each page. */
export function offerModels(scenarios: readonly Scenario[]): void {
  const models: Models = {
    scenarios: new Map(scenarios.map((scenario) => [scenario.name, scenario])),
    walker: (...words) => new Walker(...words),
  };
  Reflect.set(globalThis, offerKey, models);
}
