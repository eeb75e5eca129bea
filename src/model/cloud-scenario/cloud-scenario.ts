import type { FlowLabel } from '../../spec/fairness.ts';
import {
  type AnyPoint,
  choice,
  type Parameter,
  type Parameters,
  type Point,
} from '../../spec/parameters.ts';
import type { Scenario } from '../../spec/scenario.ts';
import { cloudDurations } from '../durations/durations.ts';
import { type FaultName, faults } from '../faults/faults.ts';
import { crashAt } from '../faults/service-faults.ts';
import { alwaysProperties } from '../properties/always.ts';
import { atRestProperties } from '../properties/at-rest.ts';
import { livenessProperties, operatorsAct, operatorsNeedNotAct } from '../properties/liveness.ts';
import { releaseNames } from '../releases/release-names.ts';
import { switchesOf } from '../releases/releases.ts';
import { type Switches, switchDefinitions, switchNames } from '../releases/switches.ts';
import { cloud } from '../world/cloud.ts';
import { nothingInFlight } from '../world/services.ts';
import {
  checkBudgets,
  checkCrashes,
  checkOperations,
  checkOptions,
  checkRelease,
  checkSite,
} from './check-cloud-scenario.ts';
import { checkEntities } from './check-entities.ts';
import type { CloudScenarioOptions } from './cloud-scenario-options.ts';
import { lacksRequest } from './refusals.ts';
import { cloudWith } from './start.ts';

/** The value of a switch parameter that leaves the switch to the release. */
const asReleased = 'as-released';

/**
 * A scenario of the cloud. Beside its own parameters it has `release`, and every switch of
 * switches.ts, which is as released unless the user sets it. It asks all properties of
 * docs/openstack.md 11, and every fault can get a budget.
 */
export function cloudScenario<const P extends Parameters = Record<never, never>>(
  options: CloudScenarioOptions<P>,
): Scenario {
  checkOptions(options, placeOf(options));
  return cloud.scenario({
    name: options.name,
    about: options.about,
    parameters: {
      ...options.parameters,
      ...releaseParameter(options),
      ...switchParameters(),
    },
    refuses: (all) => {
      const { point, switches } = placed(options, all);
      const requests = Object.values(operationsOf(options, point, switches));
      return options.refuses?.(point, switches) ?? lacksRequest(requests, switches);
    },
    system: (all) => {
      const { point, switches } = placed(options, all);
      const entities = options.entities(point);
      checkEntities(entities, placeOf(options));
      const live =
        typeof options.liveness === 'function' ? options.liveness(point) : options.liveness;
      return {
        init: () => cloudWith(switches, entities),
        processes: operationsOf(options, point, switches),
        faults: faultsOf(options, point),
        properties: [
          ...alwaysProperties,
          ...atRestProperties,
          ...(live === undefined ? [] : livenessProperties),
          ...(options.reachable ?? []),
        ],
        fairness: live === 'operators' ? operatorsAct : operatorsNeedNotAct,
        final: nothingInFlight,
        ...(options.symmetry === undefined ? {} : { symmetry: options.symmetry(point) }),
      };
    },
    expect: options.expect ?? [],
    durations: cloudDurations,
  });
}

/** The place that a message about a scenario names. */
const placeOf = ({ name }: { readonly name: string }): string => `scenario '${name}'`;

const operationsOf = <P extends Parameters>(
  options: CloudScenarioOptions<P>,
  point: Point<P>,
  switches: Switches,
) => checkOperations(options.operations(point, switches), placeOf(options));

function faultsOf<P extends Parameters>(options: CloudScenarioOptions<P>, point: Point<P>) {
  const budgets = options.faults?.(point) ?? {};
  const crashes = options.crashes?.(point);
  checkBudgets(budgets, placeOf(options));
  checkCrashes(crashes ?? [], placeOf(options));
  return withBudgets(budgets, crashes);
}

/**
 * The point as the options know it, and the switches there: of the release, of the site, and those
 * that the user set.
 */
function placed<P extends Parameters>(
  options: CloudScenarioOptions<P>,
  all: AnyPoint,
): { point: Point<P>; switches: Switches } {
  // The point has the parameters of the options and those that were added here.
  const point = all as unknown as Point<P>;
  const release = typeof options.release === 'function' ? options.release(point) : all['release'];
  const site = typeof options.site === 'function' ? options.site(point) : options.site;
  const where = placeOf(options);
  const released = switchesOf(checkRelease(release, where));
  const assumed = site === undefined ? {} : checkSite(site, where);
  return { point, switches: { ...released, ...assumed, ...overridden(all) } };
}

const withBudgets = (
  budgets: { readonly [fault in FaultName]?: number },
  crashes: readonly FlowLabel[] | undefined,
) =>
  Object.entries(faults).map(([name, fault]) =>
    name === 'crash' && crashes !== undefined
      ? crashAt(crashes)
      : fault.atMost(budgetOf(budgets, name)),
  );

const budgetOf = (budgets: { readonly [fault: string]: number | undefined }, name: string) =>
  budgets[name] ?? 0;

const releaseParameter = <P extends Parameters>({
  release,
}: CloudScenarioOptions<P>): Record<string, Parameter> =>
  typeof release === 'function'
    ? {}
    : { release: choice(releaseNames, { default: release, about: 'the release of OpenStack' }) };

function switchParameters(): Record<string, Parameter> {
  const entries = Object.entries(switchDefinitions).map(([name, { values, about }]) => {
    const parameter = {
      values: [asReleased, ...values],
      default: asReleased,
      about,
      advanced: true,
    };
    return [name, parameter] as const;
  });
  return Object.fromEntries(entries);
}

/** The switches that the user set. */
function overridden(point: { readonly [name: string]: unknown }): Partial<Switches> {
  const set = switchNames.filter((name) => point[name] !== asReleased);
  // Each value is one of those of its own switch: the checker accepts no other.
  return Object.fromEntries(set.map((name) => [name, point[name]])) as Partial<Switches>;
}
