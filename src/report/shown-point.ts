import type { AnyPoint } from '../spec/parameters.ts';
import type { Scenario } from '../spec/scenario.ts';

/**
 * The parameters of a point that reports show: an advanced one only where it differs from its
 * default.
 */
export function shownPoint(scenario: Scenario, point: AnyPoint): AnyPoint {
  const shown = Object.entries(point).filter(([name, value]) => {
    const parameter = scenario.parameters[name];
    return !parameter?.advanced || parameter.default !== value;
  });
  return Object.fromEntries(shown);
}
