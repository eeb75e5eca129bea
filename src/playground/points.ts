import { type Axis, combinations } from '../report/grid.ts';
import { type AnyPoint, defaultPoint } from '../spec/parameters.ts';
import { isScenario, type Scenario } from '../spec/scenario.ts';

/** A scenario at a point. */
export interface Asked {
  readonly exportName: string;
  readonly scenario: Scenario;
  readonly point: AnyPoint;
}

/** Of a scenario with more combinations only the default point is checked. */
const pointsMax = 100;

/** What to check, and sentences about what is left out. */
export interface Plan {
  readonly asked: readonly Asked[];
  readonly notes: readonly string[];
}

/** Every point that the exported scenarios accept. Throws what a scenario throws. */
export function planOf(exports: { readonly [name: string]: unknown }): Plan {
  const asked: Asked[] = [];
  const notes: string[] = [];
  const known = new Set<unknown>();
  for (const [exportName, scenario] of Object.entries(exports)) {
    // A scenario may be exported twice, as under its name and as the default.
    if (!isScenario(scenario) || known.has(scenario)) continue;
    known.add(scenario);
    const axes = axesOf(scenario);
    const size = axes.reduce((product, { values }) => product * values.length, 1);
    const isLarge = size > pointsMax;
    if (isLarge) {
      notes.push(
        `'${scenario.name}' has ${size} points, more than ${pointsMax}: only the default point is checked.`,
      );
    }
    const points = isLarge ? [defaultPoint(scenario.parameters)] : combinations(axes);
    const accepted = points.filter((point) => scenario.refuses(point) === undefined);
    if (accepted.length === 0) {
      notes.push(`'${scenario.name}' refuses every point: nothing of it is checked.`);
    }
    asked.push(...accepted.map((point) => ({ exportName, scenario, point })));
  }
  if (known.size === 0) {
    notes.push('The model exports no scenario. Write: export const name = world.scenario({ … })');
  }
  return { asked, notes };
}

/** As in `racewright matrix`, an advanced parameter stays at its default. */
function axesOf({ parameters }: Scenario): readonly Axis[] {
  return Object.entries(parameters).map(([name, parameter]) => ({
    name,
    values: parameter.advanced === true ? [parameter.default] : parameter.values,
  }));
}
