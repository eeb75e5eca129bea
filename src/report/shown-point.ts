import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';

/**
 * The part of a point that is worth showing: an advanced parameter only where it differs from its
 * default.
 */
export function shownPoint(scenario: Scenario, point: AnyPoint): AnyPoint {
  const shown = Object.entries(point).filter(([name, value]) => {
    const parameter = scenario.parameters[name];
    return !parameter?.advanced || parameter.default !== value;
  });
  return Object.fromEntries(shown);
}
