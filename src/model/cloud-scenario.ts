import type { FlowLabel } from '../spec/fairness.ts';
import {
  type AnyPoint,
  choice,
  type Parameter,
  type Parameters,
  type Point,
} from '../spec/parameters.ts';
import type { Process } from '../spec/process.ts';
import type { Property } from '../spec/questions.ts';
import type { Expectation, Scenario } from '../spec/scenario.ts';
import {
  checkBudgets,
  checkCrashes,
  checkOperations,
  checkOptions,
  checkRelease,
  checkSite,
} from './check-cloud-scenario.ts';
import { checkEntities } from './check-entities.ts';
import { type Cloud, cloud } from './cloud.ts';
import { type FaultName, faults } from './faults.ts';
import { alwaysProperties } from './properties/always.ts';
import { atRestProperties } from './properties/at-rest.ts';
import { livenessProperties, operatorsAct, operatorsNeedNotAct } from './properties/liveness.ts';
import { lacksRequest } from './refusals.ts';
import { type ReleaseName, releaseNames } from './release-names.ts';
import { switchesOf } from './releases.ts';
import { crashAt } from './service-faults.ts';
import { nothingInFlight } from './services.ts';
import { cloudWith, type Entities } from './start.ts';
import { type Switches, switchDefinitions, switchNames } from './switches.ts';

/** The value of a switch parameter that leaves the switch to the release. */
const asReleased = 'as-released';

/** Who is assumed to go on: the services alone, or the operators as well. */
export type Liveness = 'services' | 'operators';

/**
 * A scenario in the cloud: which entities there are, what is asked of them, and what may go wrong.
 */
export interface CloudScenarioOptions<P extends Parameters> {
  readonly name: string;
  /** Why this scenario is worth a file: one or two sentences, with the source. */
  readonly about: string;
  /**
   * The release when the user names none; or, for a scenario with parameters of its own for it, how
   * to tell.
   */
  readonly release: ReleaseName | ((point: Point<P>) => ReleaseName);
  /** What this scenario assumes whatever the release: its site, or a library version. */
  readonly site?: Partial<Switches> | ((point: Point<P>) => Partial<Switches>);
  readonly parameters?: P;
  readonly refuses?: (point: Point<P>, release: Switches) => string | undefined;
  readonly entities: (point: Point<P>) => Entities;
  /** The processes with which it begins: the requests of users and operators, by id. */
  readonly operations: (point: Point<P>, release: Switches) => { readonly [pid: string]: Process };
  /** Budgets of faults that belong to the scenario; all others are 0. */
  readonly faults?: (point: Point<P>) => { readonly [fault in FaultName]?: number };
  /**
   * The labels at which the service that stands there may die, once: a crash in a window that has a
   * name.
   */
  readonly crashes?: (point: Point<P>) => readonly FlowLabel[];
  /**
   * Asks what must come true in the end (docs/openstack.md 11.3) as well. 'services': processes go
   * on, operators need not; 'operators': they do what they may do.
   */
  readonly liveness?: Liveness | ((point: Point<P>) => Liveness | undefined);
  /** What must be possible, so that no property holds because nothing happens. */
  readonly reachable?: readonly Property<Cloud>[];
  readonly expect?: readonly Expectation[];
}

/**
 * A scenario of the cloud. Beside its own parameters it has `release`, and every switch of
 * switches.ts, which is as released unless it is set. All properties of docs/openstack.md 11 are
 * asked, and all faults can be given a budget.
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
      };
    },
    expect: options.expect ?? [],
  });
}

/** Where a message says that something is wrong with a scenario. */
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
 * that were set by hand.
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

/** The switches that were set by hand. */
function overridden(point: { readonly [name: string]: unknown }): Partial<Switches> {
  const set = switchNames.filter((name) => point[name] !== asReleased);
  // Each value is one of those of its own switch: the checker accepts no other.
  return Object.fromEntries(set.map((name) => [name, point[name]])) as Partial<Switches>;
}
