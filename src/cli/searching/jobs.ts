import { expectationAt } from '../../checker/evaluate/point.ts';
import { type AnyPoint, defaultPoint } from '../../spec/parameters.ts';
import { CliUsageError } from '../arguments/cli-usage-error.ts';
import { pointsOf } from '../arguments/settings.ts';
import type { SelectedScenario } from '../loading/selected-scenario.ts';

/** One requested check. */
export interface Job extends SelectedScenario {
  readonly point: AnyPoint;
  /** Of a simulation that is done with several seeds. */
  readonly seed?: number | undefined;
}

/**
 * The points that `--set` asks for, of every named scenario. A list of values skips combinations
 * that a scenario refuses. Throws CliUsageError when none is left.
 */
export function jobsAt(chosen: readonly SelectedScenario[], settings: readonly string[]): Job[] {
  return chosen.flatMap((one) => {
    const points = pointsOf(one.scenario, settings);
    // A single refused point stays, so that the checker says why.
    if (points.length === 1) return points.map((point) => ({ ...one, point }));
    const accepted = points.filter((point) => one.scenario.refuses(point) === undefined);
    if (accepted.length > 0) return accepted.map((point) => ({ ...one, point }));
    throw new CliUsageError({
      what: `scenario '${one.scenario.name}' refuses all ${points.length} combinations`,
      mend: one.scenario.refuses(points[0] ?? {}),
    });
  });
}

/**
 * Every point for which a named scenario states an expectation; the default point where it states
 * none.
 */
export function jobsExpected(chosen: readonly SelectedScenario[]): Job[] {
  return chosen.flatMap((one) => {
    const { expect, parameters } = one.scenario;
    const defaults = defaultPoint(parameters);
    const points = expect.length === 0 ? [{}] : expect.map(({ given }) => given ?? {});
    // A wrong point is refused when its turn comes, so that the others are still checked.
    return points.map((given) => ({ ...one, point: { ...defaults, ...withoutUndefined(given) } }));
  });
}

/**
 * The properties that the scenario expects to be violated at a point; undefined where it states no
 * expectation.
 */
export function expectedViolations({ scenario, point }: Job): readonly string[] | undefined {
  const expectation = expectationAt(scenario, point);
  return expectation === undefined ? undefined : Object.keys(expectation.violates ?? {});
}

function withoutUndefined(given: {
  readonly [name: string]: AnyPoint[string] | undefined;
}): AnyPoint {
  const point: { [name: string]: AnyPoint[string] } = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) point[name] = value;
  return point;
}
