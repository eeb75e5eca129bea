import type { AnyPoint } from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { SpecError } from '../../spec/spec-error.ts';
import type { AnySystem } from '../../spec/system.ts';
import { difference } from '../purity/difference.ts';
import { withoutClockAndRandomness } from '../purity/forbidden.ts';
import { blame } from './blame.ts';
import { initialStates, initOf, varied } from './initial-states.ts';

/**
 * Builds the system of a scenario at a point. Throws a SpecError when `system` throws, changes the
 * point, or uses more than the point.
 */
export function buildSystem(scenario: Scenario, point: AnyPoint): AnySystem {
  try {
    return withoutClockAndRandomness(() => scenario.system(point));
  } catch (error) {
    const isPlaced = error instanceof SpecError && error.where?.startsWith('scenario ') === true;
    throw isPlaced ? error : blame(error, `scenario '${scenario.name}', system`);
  }
}

/** Builds the system twice. Throws a SpecError also when the two differ. */
export function buildSystemTwice(scenario: Scenario, point: AnyPoint): AnySystem {
  const system = buildSystem(scenario, point);
  compareSystems(system, buildSystem(scenario, point), scenario.name);
  return system;
}

/** Throws a SpecError that names the difference between two systems of the same point. */
export function compareSystems(one: AnySystem, other: AnySystem, scenario: string): void {
  const { init: _one, ...parts } = one;
  const { init: _other, ...otherParts } = other;
  const path = difference(parts, otherParts);
  if (path !== undefined) {
    throw new SpecError({
      what: `uncontrolled nondeterminism: built twice, its '${path.join('.')}' was not the same`,
      where: `scenario '${scenario}', system`,
      mend: 'A system may depend on nothing but the parameters: look for a variable outside that changes.',
    });
  }
  const states = difference(initialStates(one, scenario), initialStates(other, scenario));
  if (states !== undefined) throw varied(states.slice(1)).within(initOf(scenario));
}
