import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';

/** The part of a point that is worth showing: parameters that stand aside only where they have another than their default. */
export function shownPoint(scenario: Scenario, point: AnyPoint): AnyPoint {
  const shown = Object.entries(point).filter(([name, value]) => {
    const parameter = scenario.parameters[name];
    return !parameter?.aside || parameter.default !== value;
  });
  return Object.fromEntries(shown);
}
